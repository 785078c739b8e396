"""Dated facts: amounts, delays and telephone numbers, each with its source and the day it must be checked again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from api.core import clock
from api.core.documents import read_yaml

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
FACTS = REFERENCE / "facts"
LEXICON = REFERENCE / "lexicon"
RULES = REFERENCE / "rules"


@dataclass(frozen=True)
class Stated:
    """One value of a fact, from one day on."""

    value: Any
    """None: nothing is known there, and sentences leave it out."""
    source: str
    valid_from: date
    review_by: date

    def overdue(self, today: date) -> bool:
        """Whether somebody should have checked it again by now."""
        return today > self.review_by


@dataclass(frozen=True)
class Fact:
    """One fact of `data/reference/facts/` or `numbers.yml`."""

    name: str
    label: str
    unit: str
    file: str
    """Under `data/reference/`."""
    stated: tuple[Stated, ...]
    """Everywhere, oldest first."""
    departement: Mapping[str, tuple[Stated, ...]]
    """In the départements that differ, by number ("22"), oldest first."""

    def holds(self, departement: str | None, today: date) -> Stated | None:
        """What holds that day where the person lives; None before the first of its values: it is not said yet."""
        there = _newest(self.departement.get(departement or "", ()), today)
        return there or _newest(self.stated, today)

    def everywhere(self) -> Iterable[tuple[str | None, tuple[Stated, ...]]]:
        """The values of all places; None stands for the départements that are not named."""
        return [(None, self.stated), *self.departement.items()]


@lru_cache
def facts() -> dict[str, Fact]:
    """Amounts and delays, by name."""
    return _folder(FACTS)


@lru_cache
def numbers() -> dict[str, Fact]:
    """Telephone numbers that everyone may call, by name."""
    return read("numbers.yml")


@lru_cache
def partnership() -> dict[str, Fact]:
    """What the partnership offers to whoever looks for work, as sentences call it, by name."""
    return read("partnership.yml")


@lru_cache
def lexicon() -> dict[str, Fact]:
    """Words of the administration, as the sentences that explain them call them, by name."""
    return _folder(LEXICON)


@lru_cache
def rules() -> dict[str, Fact]:
    """What the law says where a sentence of `narrower` says it without any figure, by the name of that text."""
    return _folder(RULES)


KINDS = {"facts": facts, "numbers": numbers, "partnership": partnership, "lexicon": lexicon, "rules": rules}
"""What sentences call them ({{ facts.x }}, {{ numbers.y }}, {{ partnership.z }}, {{ lexicon.w }}), save rules."""


def values(known: Mapping[str, Fact], departement: str | None, today: date | None = None) -> dict[str, Any]:
    """Name to value, as sentences want them; what does not hold yet has no name there."""
    day = today or clock.today()
    held = {name: fact.holds(departement, day) for name, fact in known.items()}
    return {name: stated.value for name, stated in held.items() if stated}


def read(file: str) -> dict[str, Fact]:
    """The facts of one file of `data/reference/`. Raises KeyError for one without label, source or dates."""
    entries: dict[str, dict[str, Any]] = read_yaml(REFERENCE / file)
    return {name: _fact(name, file, entry) for name, entry in entries.items()}


def _folder(folder: Path) -> dict[str, Fact]:
    files = sorted(folder.glob("*.yml"))
    return {name: fact for file in files for name, fact in read(f"{folder.name}/{file.name}").items()}


def _newest(stated: Iterable[Stated], today: date) -> Stated | None:
    return next((one for one in reversed([*stated]) if one.valid_from <= today), None)


def _fact(name: str, file: str, entry: dict[str, Any]) -> Fact:
    return Fact(
        name=name,
        label=entry["label"],
        unit=entry.get("unit", "phone"),
        file=file,
        stated=_stated(entry["values"] if "values" in entry else [{"value": entry["value"]}], entry),
        departement={number: _stated(own, entry) for number, own in (entry.get("departement") or {}).items()},
    )


def _stated(written: Any, entry: dict[str, Any]) -> tuple[Stated, ...]:
    """`written`: a value, one dated value or several; what they do not say of themselves is as the whole entry says."""
    listed = written if isinstance(written, list) else [written]
    dated = [entry | (one if isinstance(one, dict) else {"value": one}) for one in listed]
    found = [Stated(one["value"], one["source"], one["valid_from"], one["review_by"]) for one in dated]
    return tuple(sorted(found, key=lambda one: one.valid_from))
