"""What is learnt and what is asked: our training sentences, those held out, and nlp.js's French set."""

import csv
from pathlib import Path
from typing import Any

from api.commands.evaluation import OUT_OF_SCOPE, Sentence
from api.core.documents import read_yaml
from api.supervisor.house import ROOT

NLU = ROOT / "data/nlu"
HELD_OUT = ROOT / "tests/bot/heldout"
FRENCH_SET = ROOT / "tests/bot/nlpjs_fr/utterances.csv"

_HEAD = "intent\tregister\ttext"
_TWO_REQUESTS = "two_requests.tsv"

Labelled = tuple[str, str]
"""A text and its intent."""


def training(folder: Path = NLU) -> list[Labelled]:
    """Every training sentence as it was written, with its intent."""
    entries = [entry for file in sorted(folder.glob("*/*.yml")) for entry in read_yaml(file)["nlu"]]
    return [(text, entry["intent"]) for entry in entries for text in _examples(entry)]


def held_out(folder: Path = HELD_OUT) -> list[Sentence]:
    """The sentences kept apart that have one intent of ours; refusing what is out of scope is another measure."""
    files = [file for file in sorted(folder.glob("*.tsv")) if file.name != _TWO_REQUESTS]
    lines = [line for file in files for line in file.read_text().splitlines() if line.strip() and line != _HEAD]
    sentences = [Sentence(*line.split("\t")) for line in lines]
    return [sentence for sentence in sentences if sentence.intent != OUT_OF_SCOPE]


def french_set(file: Path = FRENCH_SET) -> dict[str, list[Labelled]]:
    """`{train, test}` of a CSV of the columns split, intent, text."""
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    return {
        split: [(row["text"], row["intent"]) for row in rows if row["split"] == split] for split in ("train", "test")
    }


def _examples(entry: dict[str, Any]) -> list[str]:
    return [line.strip().removeprefix("- ") for line in entry["examples"].splitlines() if line.strip()]
