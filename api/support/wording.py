"""What a service asks for, in words for people: whom it is for, where they must live, what it asks."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from api.authorities.communes import communes
from api.authorities.places import DEPARTEMENTS
from api.core.documents import read_yaml

FILE = Path(__file__).parents[2] / "data" / "reference" / "audiences.yml"
MOST = 3
"""Named at most, of places or of people: a list of twenty is read by nobody."""
LONGEST = 90
"""Signs of what a service writes itself, once cut at a word."""


def audience_words(codes: Sequence[str]) -> list[str]:
    """Whom a service is for: "les jeunes"; empty when whoever receives the RSA is among them, or nobody is named."""
    known = [_audiences()[code] for code in codes if code in _audiences()]
    return [] if None in known else [words for words in known if words][:MOST]


def zone_words(codes: Sequence[str]) -> list[str]:
    """Where its people must live: "Finistère", "Brest"; empty when it is everywhere, or is told by too many codes."""
    names = [place for code in codes if (place := _place(code))]
    return names if len(names) <= MOST else [*names[:MOST], "d'autres communes"]


def shortened(text: str | None, longest: int = LONGEST) -> str | None:
    """One line of what a service writes, cut after a word, without its last full stop."""
    line = " ".join((text or "").split()).rstrip(".")
    if len(line) <= longest:
        return line or None
    return line[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def _place(code: str) -> str | None:
    commune = communes().get(code)
    return commune.name if commune else DEPARTEMENTS.get(code)


@lru_cache
def _audiences() -> dict[str, str | None]:
    found: dict[str, str | None] = read_yaml(FILE)
    return found
