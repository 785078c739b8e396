"""What cannot wait, in another language: phrases, each of which leaves little doubt."""

import re
from functools import cache
from typing import NamedTuple

from api.core.folding import words
from api.languages.known import languages

KINDS = ("distress", "violence", "shelter", "food")
"""In the order of api.conversations.urgent.Urgency."""
BETWEEN = r"(?: \S+){0,6} "
"""What "…" stands for."""
_SAME_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه"})
"""Arabic and Persian keyboards write one letter in two ways."""
_STEM = re.compile(r"\b(ن?می) ")
"""Persian writes it apart, joined, or joined by a sign that one does not see."""
_AND = "(?:[وف])?"
"""Arabic joins "and" to the word behind it."""


class Cry(NamedTuple):
    """A phrase that was found."""

    kind: str
    """A value of api.conversations.urgent.Urgency."""
    code: str
    """Of the language."""


def cry(text: str) -> Cry | None:
    """The most pressing of what the text tells in another language; None for all other messages."""
    said = f" {_plain(text)} "
    return next((found for phrases, found in _phrases() if phrases.search(said)), None)


def _plain(text: str) -> str:
    return _STEM.sub(r"\1", " ".join(words(text.translate(_SAME_LETTERS))))


@cache
def _phrases() -> list[tuple[re.Pattern[str], Cry]]:
    return [
        (re.compile("|".join(map(_pattern, language.urgent[kind].phrases))), Cry(kind, code))
        for kind in KINDS
        for code, language in languages().items()
    ]


def _pattern(phrase: str) -> str:
    parts = [_part(_plain(part)) for part in phrase.split("…")]
    return " " + BETWEEN.join(parts)


def _part(part: str) -> str:
    """In our letters a word is a word; in others it may go on, as endings are many."""
    if part[-1].isascii():
        return rf"{part}(?= )"
    return rf"{_AND}{part}[^\s]*"
