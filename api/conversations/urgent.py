"""Messages that cannot wait, recognised without Rasa: danger to life, violence, no roof tonight, nothing to eat."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from api.core.normaliser import normalise

FILE = Path(__file__).parents[2] / "data" / "reference" / "urgent.yml"


class Urgency(StrEnum):
    """In order: what threatens a life comes before a roof, a roof before a meal."""

    distress = "distress"
    violence = "violence"
    shelter = "shelter"
    food = "food"


class _Signs(NamedTuple):
    patterns: re.Pattern[str]
    unless: re.Pattern[str]


def recognise(text: str) -> Urgency | None:
    """The most pressing urgency that the text tells, in any spelling; None for all other messages."""
    said = normalise(text)
    return next((kind for kind, signs in _signs().items() if signs.patterns.search(signs.unless.sub("#", said))), None)


@cache
def _signs() -> Mapping[Urgency, _Signs]:
    """The patterns of data/reference/urgent.yml, read at the first call; the file says how they are written."""
    written = yaml.safe_load(FILE.read_text("utf-8"))
    return {
        kind: _Signs(*(_any_of(written[kind][part], written["words"]) for part in _Signs._fields)) for kind in Urgency
    }


def _any_of(patterns: Sequence[str], words: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\S)(?:{_expression(pattern, words)})(?!\S)" for pattern in patterns))


def _expression(pattern: str, words: Mapping[str, str]) -> str:
    for name, choice in words.items():
        pattern = pattern.replace(f"{{{name}}}", choice)
    return pattern.replace(" … ", r" (?:\S+ ){0,4}?").replace("~", r"[a-z]*")
