"""Signs of urgency: patterns over full words, and the look-alikes that they must not see."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from api.conversations.urgent.kinds import FOLDER, Urgency
from api.core.documents import read_yaml
from api.core.normaliser import normalise
from api.core.normaliser.sound import sound


class _Signs(NamedTuple):
    patterns: re.Pattern[str]
    unless: re.Pattern[str]


class _Known(NamedTuple):
    heard: Mapping[str, str]
    """Sound -> the word that it stands for."""
    signs: Mapping[Urgency, _Signs]


def heard_as(text: str) -> str:
    """The text as the patterns read it: normalised, and each word that sounds like one of ours made that word."""
    heard = _known().heard
    return " ".join(heard.get(sound(word), word) for word in normalise(text).split())


def named(said: str) -> list[Urgency]:
    """The kinds of which a pattern is in the text, look-alikes included; the most pressing first."""
    return [kind for kind, signs in _known().signs.items() if signs.patterns.search(said)]


def told(said: str, among: Sequence[Urgency]) -> list[Urgency]:
    """Of the kinds named, those that are so without look-alikes."""
    signs = _known().signs
    return [kind for kind in among if signs[kind].patterns.search(signs[kind].unless.sub("#", said))]


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
    # Where a word begins is asked once, not by each of some hundred patterns at each letter.
    return re.compile(rf"(?<!\S)(?:{'|'.join(f'(?:{_expression(pattern, words)})' for pattern in patterns)})(?!\S)")


def _expression(pattern: str, words: Mapping[str, str]) -> str:
    """The pattern as a regular expression. Lists may name lists that stand before them."""
    for name, choice in reversed([*words.items()]):
        pattern = pattern.replace(f"{{{name}}}", choice)
    return pattern.replace(" … ", r" (?:\S+ ){0,5}?").replace("~", "[a-z]*")
