"""Rows of invented journals as the pathway reads them."""

from collections.abc import Iterable

from api.pathways.facts import Fact
from api.seed.files import Row

WORDS = ("id", "kind", "happened_on", "known_at", "replaces_id", "withdrawn", "detail")


def told(rows: Iterable[Row]) -> list[Fact]:
    """The facts that these rows are."""
    return [Fact(**{word: row[word] for word in WORDS}) for row in rows]
