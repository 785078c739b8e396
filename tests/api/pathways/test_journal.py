"""The journal in the database: each fact once, corrections in a chain, and never a change."""

import asyncio
import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Beneficiary
from api.core.database import Database
from api.core.errors import Conflict, HentError, NotFound, Unreadable
from api.pathways.facts import standing
from api.pathways.journal import News, facts_of, record
from api.pathways.state import Stage, derive
from api.pathways.tables import FactKind, PathwayFact
from tests import factories
from tests.api.pathways.journals import BEGINNING, KNOWN, TEAMS, detail

ENDS = {"ends_on": "2026-12-31"}


def news(person: Beneficiary, kind: FactKind = FactKind.known, day: int = 0, **given: Any) -> News:
    """What a source tells of a person, under a name of its own."""
    made = News(person.id, kind, BEGINNING + timedelta(days=day), "test", uuid4().hex, KNOWN)
    return replace(made, **{"detail": detail(kind, day)} | given)


async def rows(session: AsyncSession) -> int:
    return await session.scalar(select(func.count()).select_from(PathwayFact)) or 0


async def test_what_is_told_twice_is_one_row(session: AsyncSession) -> None:
    told = news(await factories.person(session), FactKind.contract_signed, detail=ENDS)

    first = await record(session, told)
    again = await record(session, replace(told, known_at=KNOWN + timedelta(days=3)))

    assert again is first
    assert await rows(session) == 1


@pytest.mark.parametrize(
    "otherwise",
    [{"happened_on": date(2026, 3, 3)}, {"detail": {"ends_on": "2027-01-31"}}, {"kind": FactKind.known, "detail": {}}],
    ids=lambda changed: next(iter(changed)),
)
async def test_one_name_never_stands_for_two_facts(session: AsyncSession, otherwise: dict[str, Any]) -> None:
    told = news(await factories.person(session), FactKind.contract_signed, detail=ENDS)
    await record(session, told)

    with pytest.raises(Conflict, match="another_fact"):
        await record(session, replace(told, **otherwise))


async def test_the_name_of_another_persons_fact_is_taken(session: AsyncSession) -> None:
    told = news(await factories.person(session))
    await record(session, told)

    with pytest.raises(Conflict, match="another_fact"):
        await record(session, replace(told, beneficiary_id=(await factories.person(session)).id))


async def test_a_second_correction_corrects_the_correction(session: AsyncSession) -> None:
    person = await factories.person(session)
    first = await record(session, news(person, day=1))
    second = await record(session, news(person, day=2, replaces=first.id))
    third = await record(session, news(person, day=3, replaces=first.id))

    assert (second.replaces_id, third.replaces_id) == (first.id, second.id)
    assert [fact.id for fact in standing(await facts_of(session, person.id))] == [third.id]


async def test_a_correction_told_again_is_the_same_however_many_came_since(session: AsyncSession) -> None:
    person = await factories.person(session)
    first = await record(session, news(person, day=1))
    correction = news(person, day=2, replaces=first.id)
    second = await record(session, correction)
    await record(session, news(person, day=3, replaces=first.id))

    assert await record(session, correction) is second
    assert await rows(session) == 3
    with pytest.raises(Conflict, match="another_fact"):
        await record(session, replace(correction, replaces=None))


async def test_a_withdrawn_fact_is_kept_and_holds_no_more(session: AsyncSession) -> None:
    person = await factories.person(session)
    closed = await record(session, news(person, FactKind.closed))
    await record(session, news(person, FactKind.closed, replaces=closed.id, withdrawn=True))

    assert derive(await facts_of(session, person.id)).stage is Stage.unknown
    assert await rows(session) == 2


@pytest.mark.parametrize(
    ("error", "word", "given"),
    [
        (NotFound, "unknown_person", {"beneficiary_id": UUID(int=1)}),
        (NotFound, "unknown_fact", {"replaces": UUID(int=1)}),
        (Unreadable, "withdraws_nothing", {"withdrawn": True}),
        (Unreadable, "not_yet", {"happened_on": date(2026, 6, 2)}),
        (Unreadable, "detail", {"detail": {"note": "?"}}),
        (Unreadable, "detail", {"kind": FactKind.contract_signed, "detail": {}}),
        (Unreadable, "detail", {"kind": FactKind.contract_signed, "detail": {"ends_on": "demain"}}),
        (Unreadable, "detail", {"kind": FactKind.oriented, "detail": {"path": "sport", "organisation": str(TEAMS[0])}}),
        (Unreadable, "detail", {"kind": FactKind.step_planned, "detail": {"step": "cv", "title": "  "}}),
        (Unreadable, "detail", {"kind": FactKind.assigned, "detail": {"caseworker": "Nolwenn"}}),
    ],
)
async def test_what_cannot_be_is_refused_with_its_reason(
    session: AsyncSession, error: type[HentError], word: str, given: dict[str, Any]
) -> None:
    told = replace(news(await factories.person(session)), **given)

    with pytest.raises(error, match=f"^{word}$") as refused:
        await record(session, told)

    assert "Nolwenn" not in refused.value.message
    assert await rows(session) == 0


async def test_the_fact_of_somebody_else_cannot_be_corrected(session: AsyncSession) -> None:
    theirs = await record(session, news(await factories.person(session)))

    with pytest.raises(NotFound, match="unknown_fact"):
        await record(session, news(await factories.person(session), replaces=theirs.id))


async def test_a_correction_is_of_the_same_kind(session: AsyncSession) -> None:
    person = await factories.person(session)
    known = await record(session, news(person))

    with pytest.raises(Conflict, match="another_kind"):
        await record(session, news(person, FactKind.closed, replaces=known.id))


@pytest.mark.parametrize("kind", FactKind)
async def test_every_kind_of_fact_is_read_as_it_was_told(session: AsyncSession, kind: FactKind) -> None:
    person = await factories.person(session)
    row = await record(session, news(person, kind, day=2))
    session.expire(row)

    [found] = await facts_of(session, person.id)

    assert (found.kind, found.happened_on, found.known_at) == (kind, BEGINNING + timedelta(days=2), KNOWN)
    assert found.detail == detail(kind, 2)


async def test_a_journal_written_row_by_row_late_and_corrected_says_the_same(session: AsyncSession) -> None:
    one, other = await factories.person(session), await factories.person(session)
    kinds = [FactKind.known, FactKind.oriented, FactKind.notified, FactKind.assigned, FactKind.contract_signed]
    for day, kind in enumerate(kinds):
        await record(session, news(one, kind, day))

    shuffled = list(enumerate(kinds))
    random.Random(7).shuffle(shuffled)
    for day, kind in shuffled:
        # First told wrong by a month, then corrected, then corrected again.
        told = await record(session, news(other, kind, day + 30, known_at=KNOWN + timedelta(days=day)))
        await record(session, news(other, kind, day + 60, replaces=told.id))
        await record(session, news(other, kind, day, replaces=told.id))
    mistaken = await record(session, news(other, FactKind.closed, 5))
    await record(session, news(other, FactKind.closed, 5, replaces=mistaken.id, withdrawn=True))

    expected = derive(await facts_of(session, one.id))
    assert expected.stage is Stage.contract
    assert derive(await facts_of(session, other.id)) == expected


async def test_ten_corrections_at_once_are_one_chain(database: Database) -> None:
    async with database.transaction() as session:
        person = await factories.person(session)
        first = await record(session, news(person))

    async def correct(day: int) -> None:
        async with database.transaction() as session:
            await record(session, news(person, day=day, replaces=first.id))

    await asyncio.gather(*(correct(day) for day in range(1, 11)))
    async with database.transaction() as session:
        facts = await facts_of(session, person.id)
        assert len(facts) == 11
        assert len(standing(facts)) == 1


async def test_a_fact_is_never_changed(session: AsyncSession) -> None:
    await record(session, news(await factories.person(session)))

    with pytest.raises(DBAPIError, match="append-only"):
        await session.execute(update(PathwayFact).values(happened_on=BEGINNING))


async def test_a_journal_goes_with_its_person(session: AsyncSession) -> None:
    person = await factories.person(session)
    first = await record(session, news(person))
    await record(session, news(person, day=1, replaces=first.id))

    await session.delete(person)
    await session.flush()

    assert await rows(session) == 0
