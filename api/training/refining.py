"""What a message changes of a search besides its subject and its place: from when, for which diploma, and how."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from re import finditer
from typing import Any

from api.core.documents import read_yaml
from api.core.normaliser.sound import sound
from api.training.starting import FILE, beginnings


class When(StrEnum):
    """When to begin, without a date."""

    later = "later"
    """After what was shown last."""
    any = "any"


@dataclass(frozen=True)
class Refinement:
    """What was said; None: nothing was said of it."""

    begins: date | When | None = None
    no_diploma: bool | None = None
    remote: bool | None = None
    spans: tuple[tuple[int, int], ...] = field(default=(), compare=False)
    """Start and end, in characters, of the words that said it: they name no subject."""

    def __bool__(self) -> bool:
        return self != Refinement()


MEANS: dict[str, dict[str, Any]] = {
    "later": {"begins": When.later},
    "any_date": {"begins": When.any},
    "no_diploma": {"no_diploma": True},
    "any_diploma": {"no_diploma": False},
    "remote": {"remote": True},
    "onsite": {"remote": False},
    "neither": {},
}
"""What the phrases of `data/reference/refining_words.yml` say."""

DROPS = {"date": MEANS["any_date"], "diploma": MEANS["any_diploma"], "remote": MEANS["onsite"]}
"""What our own buttons take back; "all" takes back everything."""


def refinement(text: str, today: date) -> Refinement:
    """What a normalised text refines; of two words for one thing the last counts, and a date before "plus tard"."""
    said: dict[str, Any] = {}
    spans = []
    for start, end, kind in _phrases(text):
        said |= MEANS[kind]
        spans.append((start, end))
    for time in beginnings(text, today):
        said |= {"begins": time.on} if time.on else {}
        spans.append((time.start, time.end))
    return Refinement(**said, spans=tuple(spans))


def dropping(name: str) -> Refinement:
    """What a button takes back; nothing for a name that no button of ours has."""
    names = DROPS if name == "all" else {name} & set(DROPS)
    return Refinement(**{what: value for one in names for what, value in DROPS[one].items()})


def _phrases(text: str) -> Iterator[tuple[int, int, str]]:
    """Where the text says which kind of phrase, the longest from each word on."""
    words = [(word.start(), word.end(), sound(word[0])) for word in finditer(r"\S+", text)]
    longest, kinds = _known()
    position = 0
    while position < len(words):
        ahead = [words[position : position + length] for length in range(longest, 0, -1)]
        found = next((row for row in ahead if tuple(heard for _, _, heard in row) in kinds), None)
        if found:
            yield found[0][0], found[-1][1], kinds[tuple(heard for _, _, heard in found)]
        position += len(found) if found else 1


@cache
def _known() -> tuple[int, dict[tuple[str, ...], str]]:
    """Words in the longest phrase, and each phrase, by its sounds, with its kind."""
    written = read_yaml(FILE)
    kinds = {tuple(map(sound, phrase.split())): kind for kind in MEANS for phrase in written[kind]}
    return max(map(len, kinds)), kinds
