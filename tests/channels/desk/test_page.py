"""What the page knows by itself is what the server knows."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.desk.labels import OUTCOMES, PRIORITIES, REASONS
from api.desk.variables import fill
from api.texts.gsm import BASIC, ESCAPED, segments, to_gsm
from channels.desk.pages import PAGES, STATIC

HERE = Path(__file__).parent
COUNT = """
import { load } from "./load.mjs";
const { asSent, measure } = await load("sms.js");
const texts = JSON.parse(process.argv[1]);
console.log(JSON.stringify(texts.map((text) => [asSent(text), measure(text).parts])));
"""
# The byte 0 marks what is dropped, on both sides.
LETTERS = st.sampled_from("".join(sorted(BASIC | ESCAPED))) | st.characters(exclude_categories=["Cs"], min_codepoint=1)


def table(name: str, constant: str) -> dict[str, str]:
    """The pairs of one list of a module: `["word", "Label"],` each on its line."""
    listed = re.search(
        rf"^export const {constant} = \[$(.+?)^\];$", (STATIC / name).read_text(), re.MULTILINE | re.DOTALL
    )
    assert listed
    return dict(re.findall(r'^  \["(\w+)", "(.+)"\],$', listed[1], re.MULTILINE))


def test_the_page_offers_every_outcome_in_the_words_of_the_server() -> None:
    assert table("acting.js", "OUTCOMES") == OUTCOMES


def test_the_page_filters_by_every_reason_and_priority_in_the_words_of_the_server() -> None:
    assert table("filters.js", "REASONS") == {reason: label.capitalize() for reason, label in REASONS.items()}
    assert table("filters.js", "PRIORITIES") == PRIORITIES


def test_the_page_knows_what_a_ready_text_could_not_fill_in() -> None:
    found = re.search(r"^const LEFT = /(.+)/;$", (STATIC / "writing.js").read_text(), re.MULTILINE)
    assert found
    assert re.fullmatch(found[1], fill("{lieu}", {}))


def test_the_page_leads_to_every_page_that_is_served() -> None:
    paths = re.findall(r'path: "(.+?)"', (STATIC / "places.js").read_text())
    assert sorted(paths) == sorted(PAGES)


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
@settings(max_examples=3, deadline=None)
@given(st.lists(st.text(LETTERS, max_size=400), min_size=100, max_size=100))
def test_the_page_counts_text_messages_as_the_server_does(texts: list[str]) -> None:
    counted_alike(texts)


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
def test_no_letter_of_europe_and_no_sign_is_counted_otherwise() -> None:
    """One in some hundred runs met the dotless i by chance, which the page did not know."""
    counted_alike([chr(code) for code in range(1, 0x2800)])


def counted_alike(texts: list[str]) -> None:
    command = ["node", "--input-type=module", "-e", COUNT, json.dumps(texts, ensure_ascii=False)]
    counted = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=True)
    for text, (sent, parts) in zip(texts, json.loads(counted.stdout), strict=True):
        assert sent == to_gsm(text)
        assert parts == (segments(sent) if sent else 0)
