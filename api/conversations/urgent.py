"""Messages that cannot wait, recognised without Rasa: danger to life, violence, no roof tonight, nothing to eat."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from api.core.documents import read_yaml
from api.core.normaliser import normalise
from api.core.normaliser.sound import sound

FOLDER = Path(__file__).parents[2] / "data" / "reference" / "urgent"


class Urgency(StrEnum):
    """In order: what threatens a life comes before a roof, a roof before a meal."""

    distress = "distress"
    violence = "violence"
    shelter = "shelter"
    food = "food"


class _Signs(NamedTuple):
    patterns: re.Pattern[str]
    unless: re.Pattern[str]


class _Known(NamedTuple):
    heard: Mapping[str, str]
    """Sound -> the word that it stands for."""
    signs: Mapping[Urgency, _Signs]


def recognise(text: str) -> Urgency | None:
    """The most pressing urgency that the text tells, in any spelling; None for all other messages."""
    known = _known()
    said = " ".join(known.heard.get(sound(word), word) for word in normalise(text).split())
    return next((kind for kind, signs in known.signs.items() if _tells(said, signs)), None)


def _tells(said: str, signs: _Signs) -> bool:
    return signs.patterns.search(signs.unless.sub("#", said)) is not None


@cache
def _known() -> _Known:
    """What data/reference/urgent/ says, read at the first call; its words.yml tells how patterns are written."""
    words = _read("words")
    kinds = {kind: _read(kind) for kind in Urgency}
    signs = {
        kind: _Signs(*(_any_of(written[part], words["words"]) for part in _Signs._fields))
        for kind, written in kinds.items()
    }
    return _Known({sound(word): word for word in words["heard"]}, signs)


def _read(name: str) -> dict[str, Any]:
    written: dict[str, Any] = read_yaml(FOLDER / f"{name}.yml")
    return written


def _any_of(patterns: Sequence[str], words: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\S)(?:{_expression(pattern, words)})(?!\S)" for pattern in patterns))


def _expression(pattern: str, words: Mapping[str, str]) -> str:
    """The pattern as a regular expression. Lists may name lists that stand before them."""
    for name, choice in reversed([*words.items()]):
        pattern = pattern.replace(f"{{{name}}}", choice)
    return pattern.replace(" … ", r" (?:\S+ ){0,5}?").replace("~", "[a-z]*")
