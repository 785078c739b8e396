"""A supervisor sees who has how much, says who is away, and gives all of it to somebody else at once."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from api.caseworkers.accounts import Account
from api.caseworkers.reaching import Absence
from api.caseworkers.tables import Caseworker, Role
from api.conversations.tables import Mode
from api.core.clock import now
from api.core.database import Database
from api.core.errors import NotAllowedHere, NotFound, Unreadable
from api.desk import acting
from api.desk.team import Member, hand_over, set_absence
from api.desk.team import team as team_of
from api.escalations.tables import Escalation, EscalationEvent, Event, Kind
from tests.api.desk.conftest import NOW, Team
from tests.api.desk.test_acting import done
from tests.api.desk.test_queue import statements, waiting
from tests.talking import Talk

AWAY = Absence(date(2026, 12, 1), date(2026, 12, 10))


@pytest.fixture
def boss(team: Team) -> Account:
    """Nolwenn, responsible for the team."""
    return replace(team.nolwenn, role=Role.supervisor)


async def call[Result](database: Database, act: Callable[..., Awaitable[Result]], *given: Any) -> Result:
    async with database.transaction() as session:
        return await act(session, *given)


async def member(database: Database, boss: Account, who: Account) -> Member:
    found = await call(database, team_of, boss)
    return next(one for one in found.members if one.id == who.id)


async def test_each_has_what_they_took_and_what_is_meant_for_them(
    team: Team, boss: Account, database: Database, talk: Talk
) -> None:
    oldest = now() - timedelta(days=9)
    mine = {"owner_id": team.ronan.id}
    async with database.transaction() as session:
        await waiting(session, team, "a lui", 1, conversation_id=talk.id, **mine)
        await waiting(session, team, "pour lui, en retard", -1, assigned_id=team.ronan.id, created_at=oldest)
        await waiting(session, team, "à Nolwenn", 1, assigned_id=team.ronan.id, owner_id=team.nolwenn.id)
        await waiting(session, team, "de côté", -1, snoozed_until=now() + timedelta(days=1), **mine)
        await waiting(session, team, "répondu", -1, answered_at=now(), created_at=oldest - timedelta(days=1), **mine)
        await waiting(session, team, "à savoir", -1, kind=Kind.to_know, **mine)
        await waiting(session, team, "à personne", 1)
        shut = await waiting(session, team, "clos", -1)
        await waiting(session, team, "ailleurs", -1, organisation_id=team.stranger.organisation_id, **mine)
    await done(database, acting.close, team.ronan, shut)
    for text in ("Bonjour", "Allô ?"):
        await talk.write(text)
    his = await member(database, boss, team.ronan)
    assert (his.open, his.late, his.unread, his.waiting_oldest) == (4, 1, 2, oldest)
    assert (await member(database, boss, team.nolwenn)).open == 1
    found = await call(database, team_of, boss)
    assert (found.unassigned, [item.line for item in found.late]) == (1, ["pour lui, en retard"])
    assert [one.name for one in found.members] == ["Nolwenn Kerdoncuff", "Ronan Le Bras"]


async def test_the_loads_of_all_are_one_question(team: Team, boss: Account, database: Database) -> None:
    async with database.transaction() as session:
        for nth in range(20):
            await waiting(session, team, f"{nth}", 1, owner_id=team.ronan.id)
    with statements(database) as asked:
        await call(database, team_of, boss)
    assert len(asked) == 4


async def test_who_is_away_and_who_stands_in_is_written_and_taken_back(
    team: Team, boss: Account, database: Database
) -> None:
    for _ in range(2):
        await call(database, set_absence, boss, team.ronan.id, AWAY, team.nolwenn.id)
    his = await member(database, boss, team.ronan)
    assert (his.absent_from, his.absent_until) == (AWAY.since, AWAY.until)
    assert his.stand_in
    assert his.stand_in.id == team.nolwenn.id
    await call(database, set_absence, boss, team.ronan.id, None, None)
    his = await member(database, boss, team.ronan)
    assert (his.absent_from, his.absent_until, his.stand_in) == (None, None, None)


async def test_an_absence_that_cannot_be_is_refused(team: Team, boss: Account, database: Database) -> None:
    for away, stand_in, refusal in (
        (Absence(AWAY.since, AWAY.since - timedelta(days=1)), None, Unreadable),
        (AWAY, team.ronan.id, Unreadable),
        (AWAY, team.stranger.id, NotFound),
    ):
        with pytest.raises(refusal):
            await call(database, set_absence, boss, team.ronan.id, away, stand_in)
    with pytest.raises(NotFound):
        await call(database, set_absence, boss, team.stranger.id, AWAY, None)


async def test_all_of_an_absent_colleague_s_conversations_go_to_their_stand_in(
    team: Team, boss: Account, database: Database, talk: Talk, request_id: UUID
) -> None:
    await done(database, acting.take, team.ronan, request_id)
    async with database.transaction() as session:
        meant = await waiting(session, team, "pour lui", 1, assigned_id=team.ronan.id)
        aside = await waiting(session, team, "de côté", 1, owner_id=team.ronan.id, snoozed_until=now() + timedelta(1))
        others = await waiting(session, team, "à Nolwenn", 1, assigned_id=team.ronan.id, owner_id=team.nolwenn.id)
        shut = await waiting(session, team, "clos", 1, assigned_id=team.ronan.id)
        far = await waiting(
            session, team, "ailleurs", 1, owner_id=team.ronan.id, organisation_id=team.stranger.organisation_id
        )
    await done(database, acting.close, team.nolwenn, shut)
    assert await call(database, hand_over, boss, team.ronan.id, team.nolwenn.id, NOW) == 3
    assert await call(database, hand_over, boss, team.ronan.id, team.nolwenn.id, NOW) == 0
    async with database.transaction() as session:
        rows = {row.id: row for row in await session.scalars(select(Escalation))}
        given = select(EscalationEvent.escalation_id).where(EscalationEvent.event == Event.assigned)
        assert sorted(await session.scalars(given)) == sorted([request_id, meant, aside])
    for moved in (request_id, meant, aside):
        assert (rows[moved].assigned_id, rows[moved].owner_id) == (team.nolwenn.id, None)
    assert rows[others].owner_id == team.nolwenn.id
    assert rows[far].owner_id == team.ronan.id
    assert (await talk.conversation()).mode is not Mode.caseworker


async def test_what_somebody_had_who_left_is_seen_and_given_to_another(
    team: Team, boss: Account, database: Database, request_id: UUID
) -> None:
    await done(database, acting.take, team.ronan, request_id)
    async with database.transaction() as session:
        await session.execute(update(Caseworker).where(Caseworker.id == team.ronan.id).values(active=False))
    gone = await member(database, boss, team.ronan)
    assert (gone.active, gone.open) == (False, 1)
    assert await call(database, hand_over, boss, team.ronan.id, team.nolwenn.id, NOW) == 1
    found = await call(database, team_of, boss)
    assert [(one.name, one.active, one.open) for one in found.members] == [("Nolwenn Kerdoncuff", True, 1)]


async def test_handing_over_while_everybody_acts_stops_nobody(
    team: Team, boss: Account, database: Database, talk: Talk
) -> None:
    async with database.transaction() as session:
        ids = [
            await waiting(session, team, f"{nth}", 1, owner_id=team.ronan.id, conversation_id=talk.id)
            for nth in range(8)
        ]
    acts = [call(database, hand_over, boss, team.ronan.id, team.nolwenn.id, NOW) for _ in range(2)]
    acts += [done(database, acting.note, team.ronan, id_, reference="n", text="Note") for id_ in ids]
    acts += [talk.write(f"{nth}") for nth in range(8)]
    results = await asyncio.gather(*acts)
    assert results[0] + results[1] == 8


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.supervisor])
async def test_only_a_supervisor_does_this(role: Role, team: Team, database: Database) -> None:
    who = replace(team.nolwenn, role=role)
    acts: list[tuple[Callable[..., Awaitable[Any]], tuple[Any, ...]]] = [
        (team_of, ()),
        (set_absence, (team.ronan.id, AWAY, None)),
        (hand_over, (team.ronan.id, team.nolwenn.id, NOW)),
    ]
    for act, given in acts:
        with pytest.raises(NotAllowedHere):
            await call(database, act, who, *given)


async def test_nothing_is_handed_to_or_from_somebody_who_does_not_answer_here(
    team: Team, boss: Account, database: Database
) -> None:
    for whose, to in ((team.stranger, team.ronan), (team.ronan, team.stranger)):
        with pytest.raises(NotFound):
            await call(database, hand_over, boss, whose.id, to.id, NOW)
    with pytest.raises(Unreadable):
        await call(database, hand_over, boss, team.ronan.id, team.ronan.id, NOW)
