"""Trades and fields, with the everyday names that people give them."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from api.core.documents import read_yaml
from api.core.folding import fold

FILE = Path(__file__).parents[2] / "data" / "reference" / "trades.yml"
LONGEST = 4
"""Words of a name that are looked for within a message."""


@dataclass(frozen=True)
class Trade:
    """One entry of `data/reference/trades.yml`."""

    code: str
    label: str
    """As it reads after "formation en": "soudure", "aide à domicile"."""
    names: tuple[str, ...]
    """Folded words that mean this trade; no two trades share one."""


@lru_cache
def trades() -> dict[str, Trade]:
    """Every trade, by code."""
    entries = read_yaml(FILE)
    return {entry["code"]: Trade(entry["code"], entry["label"], tuple(entry["names"])) for entry in entries}


def trade_named(folded: str) -> Trade | None:
    """The trade of this folded name or label, in the singular or the plural; None when no trade has it."""
    return _by_name().get(folded) or _by_name().get(_singular(folded))


def named_in(text: str) -> list[Trade]:
    """The trades that a normalised text names."""
    words = text.split()
    grams = (" ".join(words[at : at + long]) for long in range(1, LONGEST + 1) for at in range(len(words)))
    return [trade for gram in grams if (trade := trade_named(gram))]


@lru_cache
def _by_name() -> dict[str, Trade]:
    return {form: trade for trade in trades().values() for form in _forms(trade)}


def _forms(trade: Trade) -> set[str]:
    said = (fold(trade.label), *trade.names)
    return {*said, *map(_singular, said)}


def _singular(folded: str) -> str:
    return " ".join(word.rstrip("sx") if len(word) > 3 else word for word in folded.split())
