"""What cannot wait, in another language: phrases, each of which leaves little doubt."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from api.core.folding import words
from api.languages.known import languages

KINDS = ("distress", "violence", "shelter", "food")
"""In the order of api.conversations.urgent.Urgency."""
BETWEEN = r"(?: \S+){0,6}? "
"""What "…" stands for."""
_SAME_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "՞": "", "՛": "", "՜": ""})
"""Arabic and Persian keyboards write one letter in two ways; Armenian puts its signs inside the word."""
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
    said = _harmless().sub("", f" {_plain(text)} ")
    likely = [phrase for word in set(said.split()) for phrase in _in_our_letters().get(word, ())]
    heard = {found for phrase, found in [*likely, *([] if said.isascii() else _in_others())] if phrase.search(said)}
    return min(heard, key=lambda found: (KINDS.index(found.kind), found.code), default=None)


def _plain(text: str) -> str:
    return _STEM.sub(r"\1", " ".join(words(text.translate(_SAME_LETTERS))))


@cache
def _in_our_letters() -> Mapping[str, Sequence[tuple[re.Pattern[str], Cry]]]:
    """By their first word: nearly every message is French, and has none."""
    opened = defaultdict(list)
    for found, phrase in _phrases():
        for word in phrase.split()[0].split("/"):
            if (plain := _plain(word)).isascii():
                opened[plain.split()[0], found].append(phrase)
    by_word = defaultdict(list)
    for (word, found), phrases in opened.items():
        by_word[word].append((_any_of(phrases), found))
    return by_word


@cache
def _in_others() -> Sequence[tuple[re.Pattern[str], Cry]]:
    said = defaultdict(list)
    for found, phrase in _phrases():
        if not _plain(phrase).isascii():
            said[found].append(phrase)
    return [(_any_of(phrases), found) for found, phrases in said.items()]


def _phrases() -> Iterator[tuple[Cry, str]]:
    for code, language in languages().items():
        for kind, (_, phrases) in language.urgent.items():
            yield from ((Cry(kind, code), phrase) for phrase in phrases)


@cache
def _harmless() -> re.Pattern[str]:
    """What is taken out first: "the cough beats me" has the words of a blow."""
    return _any_of(phrase for language in languages().values() for phrase in language.harmless)


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(_pattern, phrases)))


def _pattern(phrase: str) -> str:
    return " " + BETWEEN.join(map(_part, _STEM.sub(r"\1", phrase).split("…")))


def _part(part: str) -> str:
    """In our letters a word is a word; in others it may go on, as endings are many."""
    choices = [[_plain(word) for word in either.split("/")] for either in part.split()]
    said = " ".join(f"(?:{'|'.join(choice)})" for choice in choices)
    return rf"{said}(?= )" if choices[-1][-1][-1].isascii() else rf"{_AND}{said}[^\s]*"
