"""What people need help with, read from their words; data·inclusion's own themes are for those who file services."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from api.core.documents import read_yaml
from api.core.normaliser import normalise
from api.core.normaliser.sound import sound

FILE = Path(__file__).parents[2] / "data" / "reference" / "themes.yml"
HEARD_FROM = 5
"""Letters; shorter words share their sound with too many others."""

Words = tuple[str, ...]


@dataclass(frozen=True)
class Theme:
    """One entry of `data/reference/themes.yml`."""

    code: str
    label: str
    """As it reads after "aides :"."""
    covers: tuple[str, ...]
    """thematiques of data·inclusion."""
    names: tuple[str, ...]
    """Folded; no two themes share one."""
    hints: tuple[str, ...] = ()
    """Folded; they count only where no name is said."""
    mentions: tuple[str, ...] = ()
    """Words of which a service must hold one in its name or description; empty: all that it covers is meant."""
    alone: tuple[str, ...] = ()
    """Those of its names that ask for it by themselves."""


@lru_cache
def themes() -> dict[str, Theme]:
    """Every theme, by code, in the order of the file."""
    return {entry["code"]: _theme(entry) for entry in read_yaml(FILE)}


def themes_in(text: str) -> tuple[Theme, ...]:
    """The themes that a normalised text names, in its order; empty when it names none.

    The longest name counts ("loyer impayé" is no debt), then hints, then words written by sound ("informatik").
    """
    said = [_singular(word) for word in text.split()]
    named = list(_found(said, _names())) or list(_found(said, _hints()))
    return tuple(dict.fromkeys(named or _heard(text)))


def beside_a_need(text: str) -> list[str] | None:
    """The words of a normalised text beside a name that asks by itself; None where there is none, or another."""
    words = text.replace("?", " ").split()
    said = [_singular(word) for word in words]
    named = list(_places(said, _names()))
    if len(named) != 1 or tuple(said[slice(*named[0])]) not in _alone():
        return None
    at, end = named[0]
    return words[:at] + words[end:]


def _found(said: Sequence[str], known: dict[Words, Theme]) -> Iterator[Theme]:
    return (known[tuple(said[at:end])] for at, end in _places(said, known))


def _places(said: Sequence[str], known: dict[Words, Theme]) -> Iterator[tuple[int, int]]:
    longest = max(map(len, known))
    place = 0
    while place < len(said):
        lengths = range(min(longest, len(said) - place), 0, -1)
        length = next((length for length in lengths if tuple(said[place : place + length]) in known), 0)
        if length:
            yield place, place + length
        place += length or 1


def _heard(text: str) -> list[Theme]:
    words = [word for word in text.split() if len(word) >= HEARD_FROM]
    # "lessence", "dinformatik": in a text message the article is part of its word.
    forms = [form for word in words for form in (word, word[1:] if word[0] in "ld" else word)]
    return [theme for form in forms if (theme := _by_sound().get(sound(form)))]


@lru_cache
def _names() -> dict[Words, Theme]:
    return {form: theme for theme in themes().values() for form in _forms(theme.names)}


@lru_cache
def _alone() -> frozenset[Words]:
    return frozenset(form for theme in themes().values() for form in _forms(theme.alone))


@lru_cache
def _hints() -> dict[Words, Theme]:
    return {form: theme for theme in themes().values() for form in _forms(theme.hints)}


@lru_cache
def _by_sound() -> dict[str, Theme]:
    every = ((name, theme) for theme in themes().values() for name in (*theme.names, *theme.hints))
    single = [(name, theme) for name, theme in every if " " not in name]
    return {sound(name): theme for name, theme in single if len(name) >= HEARD_FROM}


def _forms(names: Iterable[str]) -> set[Words]:
    """As written, and as the normaliser writes it."""
    return {tuple(map(_singular, form.split())) for name in names for form in (name, normalise(name))}


def _singular(word: str) -> str:
    return word.rstrip("sx") if len(word) > 3 else word


def _theme(entry: dict[str, Any]) -> Theme:
    lists = {name: tuple(entry.get(name, ())) for name in ("covers", "names", "hints", "mentions", "alone")}
    return Theme(entry["code"], entry["label"], **lists)
