"""Journals as tests make them: short to write, or drawn by the thousand."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Beneficiary
from api.core.clock import paris
from api.pathways.facts import Fact
from api.pathways.journal import News, record
from api.pathways.tables import FactKind

BEGINNING = date(2026, 3, 2)
KNOWN = datetime(2026, 6, 1, tzinfo=UTC)
TEAMS = [UUID(int=number) for number in (101, 102)]
PEOPLE = [UUID(int=number) for number in (201, 202)]


def fact(kind: FactKind, day: int = 0, number: int = 1, **given: Any) -> Fact:
    """A fact of the `day`th day; `number` makes its id and says which of two teams, people or authorities it names."""
    made: dict[str, Any] = {"known_at": KNOWN, "detail": detail(kind, number)} | given
    return Fact(UUID(int=number), kind, BEGINNING + timedelta(days=day), **made)


def detail(kind: FactKind, number: int) -> dict[str, Any]:
    """What a fact of this kind says, as the database gives it back."""
    which = number % 2
    match kind:
        case FactKind.oriented:
            return {"path": ["social", "professional"][which], "organisation": str(TEAMS[which])}
        case FactKind.assigned:
            return {"caseworker": str(PEOPLE[which])}
        case FactKind.contract_signed:
            return {"ends_on": (BEGINNING + timedelta(days=180 + number % 7)).isoformat()}
        case FactKind.step_planned:
            due = (BEGINNING + timedelta(days=number % 5)).isoformat() if number % 3 else None
            return {"step": ["cv", "stage"][which], "title": f"atelier {number % 4}", "due_on": due}
        case FactKind.step_done:
            return {"step": ["cv", "stage"][which]}
        case FactKind.moved:
            return {"authority": ["cd29", "cd56"][which]}
        case _:
            return {}


def journal(*facts: tuple[FactKind, int]) -> list[Fact]:
    """One fact for each (kind, day), in this order."""
    return [fact(kind, day, number) for number, (kind, day) in enumerate(facts, start=1)]


def _assembled(drawn: list[tuple[FactKind, int, int, int, int | None, bool]]) -> list[Fact]:
    """Facts, and corrections of some of them: the last correction of a fact is what the next one corrects."""
    made: list[Fact] = []
    latest: dict[UUID, UUID] = {}
    for place, (kind, day, hours, draw, corrects, withdrawn) in enumerate(drawn):
        number, known_at = draw * 101 + place, KNOWN + timedelta(hours=hours)
        if corrects is None or not made:
            made.append(fact(kind, day, number, known_at=known_at))
            continue
        first = made[corrects % len(made)]
        replaces = latest.get(first.id, first.id)
        given = {"known_at": known_at, "replaces_id": replaces, "withdrawn": withdrawn}
        made.append(fact(first.kind, day, number, **given))
        latest = {old: made[-1].id if new == replaces else new for old, new in latest.items()}
        latest |= {replaces: made[-1].id, first.id: made[-1].id}
    return made


def journals() -> st.SearchStrategy[list[Fact]]:
    """Up to twelve facts within ten days, so that ties, late facts and corrections of corrections are common."""
    drawn = st.tuples(
        st.sampled_from(FactKind),
        st.integers(0, 9),
        st.integers(0, 2),
        st.integers(0, 9),
        st.none() | st.integers(0, 11),
        st.booleans(),
    )
    return st.lists(drawn, max_size=12).map(_assembled)


async def live(session: AsyncSession, person: Beneficiary, now: datetime, *facts: tuple[FactKind, int, Any]) -> None:
    """Write a person's journal: (kind, days before `now`, detail or None) each."""
    for kind, ago, said in facts:
        happened_on = paris(now).date() - timedelta(days=ago)
        await record(session, News(person.id, kind, happened_on, "test", uuid4().hex, now, said or {}))
