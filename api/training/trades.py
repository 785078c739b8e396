"""Trades and fields, with the everyday names that people give them."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from api.core.documents import read_yaml
from api.core.folding import fold

FOLDER = Path(__file__).parents[2] / "data" / "reference" / "trades"
LONGEST = 4
"""Words of a name that are looked for within a message."""


@dataclass(frozen=True)
class Trade:
    """One entry of `data/reference/trades/`."""

    code: str
    label: str
    """As it reads after "formation en": "soudure", "aide à domicile"."""
    names: tuple[str, ...]
    """Folded words that mean this trade; no two trades share one."""
    things: tuple[str, ...] = ()
    """Folded words that mean it only beside a word of work: what it works with, a room, a field."""


@lru_cache
def trades() -> dict[str, Trade]:
    """Every trade, by code."""
    entries = [entry for file in sorted(FOLDER.glob("*.yml")) for entry in read_yaml(file)]
    return {
        entry["code"]: Trade(entry["code"], entry["label"], tuple(entry["names"]), tuple(entry.get("things", ())))
        for entry in entries
    }


def trade_named(folded: str) -> Trade | None:
    """The trade of this folded name or label, in the singular or the plural; None when no trade has it."""
    return _by_name().get(folded) or _by_name().get(_singular(folded))


def named_in(text: str, *, things: bool = False) -> list[Trade]:
    """The trades that a normalised text names by more than their things; by these too where it tells of courses."""
    words = text.split()
    grams = (" ".join(words[at : at + long]) for long in range(1, LONGEST + 1) for at in range(len(words)))
    return [trade for gram in grams if (trade := trade_named(gram)) and (things or gram not in trade.things)]


@lru_cache
def _by_name() -> dict[str, Trade]:
    return {form: trade for trade in trades().values() for form in _forms(trade)}


def _forms(trade: Trade) -> set[str]:
    said = (fold(trade.label), *trade.names, *trade.things)
    return {*said, *map(_singular, said)}


def _singular(folded: str) -> str:
    return " ".join(word.rstrip("sx") if len(word) > 3 else word for word in folded.split())
