"""Dated facts: amounts, delays and telephone numbers, each with its source and the day it must be checked again."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from api.core.documents import read_yaml

REFERENCE = Path(__file__).parents[2] / "data" / "reference"


@dataclass(frozen=True)
class Fact:
    """One fact of `data/reference/facts.yml` or `numbers.yml`."""

    name: str
    value: Any
    source: str
    valid_from: date
    review_by: date
    departement: dict[str, Any]
    """Values of the départements that differ, by number ("22")."""

    def value_in(self, departement: str | None) -> Any:
        """The value where the person lives."""
        return self.departement.get(departement or "", self.value)

    def overdue(self, today: date) -> bool:
        """Whether somebody should have checked it again by now."""
        return today > self.review_by


@lru_cache
def facts() -> dict[str, Fact]:
    """Amounts and delays, by name."""
    return _read("facts.yml")


@lru_cache
def numbers() -> dict[str, Fact]:
    """Telephone numbers that everyone may call, by name."""
    return _read("numbers.yml")


def values(known: dict[str, Fact], departement: str | None) -> dict[str, Any]:
    """Name to value, as sentences want them."""
    return {name: fact.value_in(departement) for name, fact in known.items()}


def _read(file: str) -> dict[str, Fact]:
    entries: dict[str, dict[str, Any]] = read_yaml(REFERENCE / file)
    return {
        name: Fact(
            name=name,
            value=entry["value"],
            source=entry["source"],
            valid_from=entry["valid_from"],
            review_by=entry["review_by"],
            departement=entry.get("departement") or {},
        )
        for name, entry in entries.items()
    }
