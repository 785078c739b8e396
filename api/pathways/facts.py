"""The facts of a journal that hold, and those that count now: whatever the order in which they arrived."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from api.pathways.tables import FactKind


@dataclass(frozen=True)
class Fact:
    """One row of the journal; `api/pathways/tables.py` says what each kind's `detail` holds."""

    id: UUID
    kind: FactKind
    happened_on: date
    known_at: datetime
    replaces_id: UUID | None = None
    withdrawn: bool = False
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Episode:
    """What counts of a journal: everything since the last move, or since a closed pathway opened again."""

    facts: Sequence[Fact] = ()
    """In the order of `standing`."""
    authority: str | None = None
    """Code of the authority that somebody moved to; None: they never moved."""

    def first(self, *kinds: FactKind) -> Fact | None:
        """The earliest fact of these kinds."""
        return next((fact for fact in self.facts if fact.kind in kinds), None)

    def last(self, *kinds: FactKind) -> Fact | None:
        """The latest fact of these kinds."""
        return next((fact for fact in reversed(self.facts) if fact.kind in kinds), None)

    def after(self, fact: Fact | None) -> "Episode":
        """What came after one of its facts; all of it after None."""
        return Episode(self.facts[self.facts.index(fact) + 1 :], self.authority) if fact else self


RANK = {kind: place for place, kind in enumerate(FactKind)}
REOPENS = frozenset({FactKind.rights_opened, FactKind.known, FactKind.oriented, FactKind.moved})
"""What happens to somebody who is followed again; an appointment held after a closing opens nothing."""


def standing(facts: Iterable[Fact]) -> list[Fact]:
    """The facts that hold, oldest first: neither replaced nor withdrawn. On one day, in the order of `FactKind`."""
    known = list(facts)
    replaced = {fact.replaces_id for fact in known}
    valid = [fact for fact in known if fact.id not in replaced and not fact.withdrawn]
    return sorted(valid, key=lambda fact: (fact.happened_on, RANK[fact.kind], fact.known_at, fact.id))


def episode(facts: Iterable[Fact]) -> Episode:
    """The part of a journal that counts now."""
    valid = standing(facts)
    begins, closed, authority = 0, False, None
    for place, fact in enumerate(valid):
        # Two sources tell of one move: the second is not another one.
        moves = fact.kind is FactKind.moved and fact.detail["authority"] != authority
        if moves or (closed and fact.kind in REOPENS):
            begins, closed = place, False
        authority = fact.detail["authority"] if moves else authority
        closed = closed or fact.kind is FactKind.closed
    return Episode(valid[begins:], authority)
