"""Words that are obeyed at once by SMS: any spelling of them, and never a sentence that merely contains one."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.conversations.sms_words import Command, command
from api.conversations.urgent import recognise

with (Path(__file__).parent / "sms_words.tsv").open(encoding="utf-8", newline="") as file:
    ROWS = [(row["command"], row["text"]) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
ORDERS = [(kind, text) for kind, text in ROWS if kind != "-"]
HARMLESS = [text for kind, text in ROWS if kind == "-"]


@pytest.mark.parametrize(("kind", "text"), ORDERS)
def test_an_order_is_obeyed_in_any_spelling(kind: str, text: str) -> None:
    assert command(text) is Command(kind)


@pytest.mark.parametrize("text", HARMLESS)
def test_a_sentence_that_contains_the_word_is_a_question(text: str) -> None:
    assert command(text) is None


@pytest.mark.parametrize("text", [text for _, text in ORDERS])
def test_no_order_is_urgent(text: str) -> None:
    assert recognise(text) is None


@given(
    st.sampled_from([(kind, text) for kind, text in ORDERS if " " not in text]),
    st.sampled_from(["{}", " {} ", "{} !!", "«{}»", "{}\n", "…{}", "{} 🙏"]),
    st.booleans(),
)
def test_case_signs_and_space_around_change_nothing(order: tuple[str, str], around: str, loud: bool) -> None:
    kind, text = order
    assert command(around.format(text.upper() if loud else text.lower())) is Command(kind)
