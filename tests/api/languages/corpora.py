"""French as people write it, none of which may be taken for another language, and tables of messages that are."""

import csv
from functools import cache
from pathlib import Path

import yaml

from api.conversations.urgent import FOLDER as URGENT
from api.languages import PREFIX
from tests.test_topics import MEASURES, ROOT, examples, measured

HERE = Path(__file__).parent
TUNING = "tuning/"
"""What is held out is never read here: words are chosen on these."""


@cache
def french() -> frozenset[str]:
    """Every sentence that teaches, tunes or is played, every urgent list, and every commune of Brittany."""
    return frozenset(_taught() | _tuning() | _played() | _lists() | _communes())


def table(name: str) -> list[list[str]]:
    """The rows of a table beside this file, without its heading."""
    _, *lines = (HERE / name).read_text().splitlines()
    return [line.split("\t") for line in lines]


def _taught() -> set[str]:
    return {sentence for sentences in examples().values() for sentence in sentences}


def _tuning() -> set[str]:
    return {text for file in MEASURES if file.startswith(TUNING) for _, _, text in measured(file)}


def _played() -> set[str]:
    files = (yaml.safe_load(path.read_text()) for path in (ROOT / "tests/bot/dialogues").glob("*.yml"))
    turns = (turn for file in files for dialogue in file for turn in dialogue["turns"])
    spoken = (turn for turn in turns if not any(name.startswith(PREFIX) for name in turn.get("hears", ())))
    return {turn["says"] for turn in spoken if "says" in turn}


def _lists() -> set[str]:
    lines = (line for path in (URGENT / "lists").glob("*.tsv") for line in path.read_text().splitlines()[1:])
    return {line.split("\t")[-1] for line in lines}


def _communes() -> set[str]:
    with (ROOT / "data/reference/communes_bretagne.csv").open() as file:
        return {row["name"] for row in csv.DictReader(file)}
