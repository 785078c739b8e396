"""Places, trades and sums are found where people name them, and nowhere else: each line of entities.tsv.

The names are found as Rasa finds them, by the gazetteer in its own Python, and resolved as `hent entities` does.
"""

import csv
import json
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from api.authorities.communes import communes
from api.authorities.places import as_told, namesakes
from api.commands.recognised import found_in
from api.core.amounts import amounts_in
from api.core.clock import PARIS, now
from api.core.normaliser import normalise
from api.privacy.masking import mask_for_rasa

ROOT = Path(__file__).parents[2]
LISTS = [ROOT / "data/reference" / name for name in ("communes_bretagne.csv", "trades", "communes_everyday.yml")]
with (ROOT / "tests/bot/entities.tsv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
with (ROOT / "tests/bot/entities_strangers.tsv").open(encoding="utf-8", newline="") as file:
    STRANGERS = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
"""Messages of people who saw no list of ours, on Friday 27 November 2026; the trade in words of their own."""
FRIDAY = datetime(2026, 11, 27, 14, tzinfo=PARIS)
# A building is a trade too; two letters are wrong; a sum without any word of money.
KNOWN_FAILURES = {
    "bâtiment 3 appartement 12",
    "pleybin",
    "j'ai reçu que 300",
}


@pytest.fixture(scope="module")
def read() -> dict[str, dict[str, Any]]:
    """What is found in each text of the table."""
    return read_all([case["text"] for case in CASES], now())


def read_all(texts: list[str], moment: datetime) -> dict[str, dict[str, Any]]:
    """What is found in each of these."""
    seen = [normalise(mask_for_rasa(text, ())) for text in texts]
    argv = [str(ROOT / "bot/.venv/bin/python"), "-m", "hent_bot.measured.names", *map(str, LISTS)]
    ended = subprocess.run(
        argv, cwd=ROOT / "bot", input=json.dumps(seen) + "\n", capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr[-3000:]
    found = zip(texts, json.loads(ended.stdout), strict=True)
    return {text: found_in(text, {"entities": entities}, moment) for text, entities in found}


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


def test_what_strangers_name_is_found_and_little_else() -> None:
    found = read_all([case["text"] for case in STRANGERS], FRIDAY)
    places = [(one["place"], told(found[one["text"]]["place"])) for one in STRANGERS]
    trades = [(bool(one["trade"]), bool(found[one["text"]]["trade"])) for one in STRANGERS]
    dates = [(one["date"], found[one["text"]]["date"] or "") for one in STRANGERS]
    for pairs in (places, trades, [(said, read if read[:1] == "2" else "") for said, read in dates]):
        named, nothing = [one for one in pairs if one[0]], [one for one in pairs if not one[0]]
        assert len([said for said, read in named if said == read]) >= 0.93 * len(named) >= 100
        assert len([said for said, read in nothing if not read]) >= 0.98 * len(nothing)


def test_the_table_is_large_enough_and_names_nothing_as_often() -> None:
    for kind in ("place", "trade", "amount"):
        assert len([case for case in CASES if case[kind]]) >= 50
        assert len([case for case in CASES if not case[kind]]) >= 150


def test_the_known_failures_are_in_the_table() -> None:
    assert {case["text"] for case in CASES} >= KNOWN_FAILURES
