"""Places, trades and sums are found where people name them, and nowhere else: each line of entities.tsv.

The names are found as Rasa finds them, by the gazetteer in its own Python, and resolved as `hent entities` does.
"""

import csv
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from api.authorities.communes import communes
from api.authorities.places import as_told, namesakes
from api.commands.recognised import found_in
from api.core.amounts import amounts_in
from api.core.clock import now
from api.core.normaliser import normalise
from api.privacy.masking import mask_for_rasa

ROOT = Path(__file__).parents[2]
LISTS = [ROOT / "data/reference" / name for name in ("communes_bretagne.csv", "trades.yml", "communes_everyday.yml")]
with (ROOT / "tests/bot/entities.tsv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
# What one has or lives in is the name of a trade too; two letters are wrong; a sum without any word of money.
KNOWN_FAILURES = {
    "je suis fatigué du ménage que j'ai à la maison",
    "l'électricité a été coupée",
    "bâtiment 3 appartement 12",
    "pleybin",
    "j'ai reçu que 300",
}


@pytest.fixture(scope="module")
def read() -> dict[str, dict[str, Any]]:
    """What is found in each text of the table."""
    texts = [case["text"] for case in CASES]
    seen = [normalise(mask_for_rasa(text, ())) for text in texts]
    argv = [str(ROOT / "bot/.venv/bin/python"), "-m", "hent_bot.measured.names", *map(str, LISTS)]
    ended = subprocess.run(
        argv, cwd=ROOT / "bot", input=json.dumps(seen) + "\n", capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr[-3000:]
    found = zip(texts, json.loads(ended.stdout), strict=True)
    return {text: found_in(text, {"entities": entities}, now()) for text, entities in found}


def told(place: dict[str, str] | None) -> str:
    """As the table says it: with the département when two communes far apart bear the name."""
    commune = communes().get(place["insee"]) if place else None
    if commune and len({one.departement for one in namesakes(commune)}) > 1:
        return as_told(commune)
    return place["name"] if place else ""


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_what_people_name_is_found(read: dict[str, dict[str, Any]], case: dict[str, str]) -> None:
    found = read[case["text"]]
    amounts = " ou ".join(map(str, amounts_in(case["text"])))
    right = (told(found["place"]), found["trade"] or "", amounts) == (case["place"], case["trade"], case["amount"])
    assert right is (case["text"] not in KNOWN_FAILURES), found


def test_the_table_is_large_enough_and_names_nothing_as_often() -> None:
    for kind in ("place", "trade", "amount"):
        assert len([case for case in CASES if case[kind]]) >= 50
        assert len([case for case in CASES if not case[kind]]) >= 150


def test_the_known_failures_are_in_the_table() -> None:
    assert {case["text"] for case in CASES} >= KNOWN_FAILURES
