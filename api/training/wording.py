"""What somebody wants to learn, when their words name no trade that we know."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from api.core.documents import read_yaml

FILE = Path(__file__).parents[2] / "data" / "reference" / "asking_words.yml"
LONGEST = 8
"""Words looked for at most: every one must be found, and nobody names a subject in more."""


def subject(text: str, spans: Iterable[tuple[int, int]] = ()) -> str | None:
    """The words of a normalised text that name a subject; None when there is none.

    `spans`: start and end, in characters, of what was recognised already (a place, "plus tard").
    """
    words = [word for word in without(text, spans).split() if _names_something(word)]
    return " ".join(words[:LONGEST]) or None


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text, blank where something was recognised."""
    kept = list(text)
    for start, end in spans:
        kept[start:end] = " " * (end - start)
    return "".join(kept)


def _names_something(word: str) -> bool:
    # "xxnom", "xxnumero": what api/privacy put in the place of a name or a number.
    return len(word) > 1 and word.isalpha() and not word.startswith("xx") and word not in _asking()


@lru_cache
def _asking() -> frozenset[str]:
    return frozenset(read_yaml(FILE))
