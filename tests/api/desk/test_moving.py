"""A request goes to somebody, elsewhere, or out of the list: once, by whoever may, and the person is never lost."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from api.caseworkers.accounts import Account
from api.caseworkers.tables import Caseworker, Role
from api.conversations.tables import Mode
from api.core.clock import now
from api.core.database import Database
from api.core.errors import Conflict, NotFound, Unreadable
from api.desk import acting, moving
from api.desk.colleagues import other_teams
from api.desk.queue import Wanted, queue
from api.desk.tables import FeedEvent
from api.desk.thread import Thread, thread
from api.escalations.events import standing, thread_of
from api.escalations.tables import Escalation, EscalationEvent, Event
from tests import factories
from tests.api.desk.conftest import Team, ask
from tests.api.desk.test_acting import done
from tests.talking import Talk


async def row_of(database: Database, request_id: UUID) -> Escalation:
    """As it stands, and as its events say that it stands."""
    async with database.transaction() as session:
        row = await session.get_one(Escalation, request_id)
        assert standing(await thread_of(session, request_id)).owner_id == row.owner_id
        return row


async def seen(database: Database, who: Account, request_id: UUID) -> Thread:
    async with database.transaction() as session:
        return await thread(session, who, request_id)


async def lines(database: Database, who: Account, **wanted: Any) -> list[UUID]:
    async with database.transaction() as session:
        return [item.id for item in (await queue(session, who, Wanted(**wanted))).items]


async def make(database: Database, who: Account, **values: Any) -> None:
    async with database.transaction() as session:
        await session.execute(update(Caseworker).where(Caseworker.id == who.id).values(**values))


async def test_what_is_assigned_is_for_that_colleague_and_says_so(
    team: Team, database: Database, request_id: UUID
) -> None:
    await done(database, moving.assign, team.nolwenn, request_id, caseworker=team.ronan.id)
    assert await lines(database, team.ronan, state="for_me") == [request_id]
    assert await lines(database, team.nolwenn, state="for_me") == []
    told = await seen(database, team.nolwenn, request_id)
    assert (told.owner, told.assigned and told.assigned.name) == (None, team.ronan.name)
    assert [(one.event, one.by, one.to) for one in told.events][1:] == [
        (Event.assigned, team.nolwenn.name, team.ronan.name)
    ]
    await done(database, acting.take, team.ronan, request_id)
    assert await lines(database, team.ronan, state="for_me") == []
    assert await lines(database, team.ronan, state="mine") == [request_id]


async def test_whoever_assigns_what_they_have_lets_go_of_it(
    team: Team, database: Database, talk: Talk, request_id: UUID
) -> None:
    await done(database, acting.take, team.nolwenn, request_id)
    await done(database, moving.assign, team.nolwenn, request_id, caseworker=team.ronan.id)
    row = await row_of(database, request_id)
    assert (row.owner_id, row.assigned_id) == (None, team.ronan.id)
    # Nobody pretends to be there any more, and the person knows.
    assert (await talk.conversation()).mode is not Mode.caseworker
    assert len(await talk.messages()) == 2


async def test_whoever_assigns_to_themselves_what_they_have_keeps_it(
    team: Team, database: Database, request_id: UUID
) -> None:
    await done(database, acting.take, team.nolwenn, request_id)
    await done(database, moving.assign, team.nolwenn, request_id, caseworker=team.nolwenn.id)
    row = await row_of(database, request_id)
    assert (row.owner_id, row.assigned_id) == (team.nolwenn.id, team.nolwenn.id)


async def test_only_a_supervisor_assigns_what_somebody_else_has(
    team: Team, database: Database, request_id: UUID
) -> None:
    await done(database, acting.take, team.nolwenn, request_id)
    with pytest.raises(Conflict, match="taken"):
        await done(database, moving.assign, team.ronan, request_id, caseworker=team.ronan.id)
    boss = replace(team.ronan, role=Role.supervisor)
    await done(database, moving.assign, boss, request_id, caseworker=team.ronan.id)
    assert (await row_of(database, request_id)).owner_id is None


async def test_nothing_is_assigned_to_somebody_who_does_not_answer_here(
    team: Team, database: Database, request_id: UUID
) -> None:
    await make(database, team.ronan, active=False)
    async with database.transaction() as session:
        auditor = await factories.caseworker(
            session, organisation_id=team.nolwenn.organisation_id, role=Role.auditor, first_name="Sarah"
        )
    for whom in (team.ronan.id, team.stranger.id, auditor.id):
        with pytest.raises(NotFound, match="unknown_colleague"):
            await done(database, moving.assign, team.nolwenn, request_id, caseworker=whom)


async def test_somebody_absent_may_be_chosen_and_the_list_says_so(
    team: Team, database: Database, request_id: UUID
) -> None:
    await make(database, team.ronan, absent_from=now().date() - timedelta(days=1))
    told = (await seen(database, team.nolwenn, request_id)).colleagues
    assert {one.name: one.absent for one in told} == {team.nolwenn.name: False, team.ronan.name: True}
    await done(database, moving.assign, team.nolwenn, request_id, caseworker=team.ronan.id)


async def test_assigned_twice_is_assigned_once(team: Team, database: Database, request_id: UUID) -> None:
    first = await done(database, moving.assign, team.nolwenn, request_id, caseworker=team.ronan.id, version=0)
    assert await done(database, moving.assign, team.nolwenn, request_id, caseworker=team.ronan.id, version=0) == first
    with pytest.raises(Conflict):
        await done(database, moving.assign, team.ronan, request_id, caseworker=team.nolwenn.id, version=0)


async def test_what_is_passed_on_is_the_other_organisation_s_and_no_more_ours(
    team: Team, database: Database, talk: Talk, request_id: UUID
) -> None:
    await done(database, acting.take, team.nolwenn, request_id)
    await done(database, acting.note, team.nolwenn, request_id, reference="n", text="Entre nous")
    there = team.stranger.organisation_id
    await done(database, moving.pass_on, team.nolwenn, request_id, organisation=there, comment="Elle a déménagé")
    row = await row_of(database, request_id)
    assert (row.organisation_id, row.owner_id, row.assigned_id) == (there, None, None)
    with pytest.raises(NotFound):
        await seen(database, team.nolwenn, request_id)
    assert await lines(database, team.nolwenn) == []
    told = await seen(database, team.stranger, request_id)
    assert [(one.event, one.text) for one in told.events if one.text] == [(Event.passed_on, "Elle a déménagé")]
    assert told.events[-1].to == "CDAS de Quimper"
    assert (await talk.conversation()).mode is not Mode.caseworker


async def test_a_note_comes_back_with_the_request_to_whoever_wrote_it_and_to_nobody_else(
    team: Team, database: Database, request_id: UUID
) -> None:
    await done(database, acting.note, team.nolwenn, request_id, reference="n", text="Entre nous")
    await done(database, moving.pass_on, team.nolwenn, request_id, organisation=team.stranger.organisation_id)
    await done(database, acting.note, team.stranger, request_id, reference="m", text="Entre eux")
    await done(database, moving.pass_on, team.stranger, request_id, organisation=team.nolwenn.organisation_id)
    notes = [one.text for one in (await seen(database, team.ronan, request_id)).events if one.event is Event.note]
    assert notes == ["Entre nous"]


async def test_both_organisations_hear_that_it_went_and_only_the_new_one_rings(
    team: Team, database: Database, request_id: UUID
) -> None:
    there = team.stranger.organisation_id
    await done(database, moving.pass_on, team.nolwenn, request_id, organisation=there)
    async with database.transaction() as session:
        news = await session.execute(
            select(FeedEvent.organisation_id, FeedEvent.rings).where(FeedEvent.actor_id == team.nolwenn.id)
        )
    assert dict(news.all()) == {team.nolwenn.organisation_id: False, there: True}


async def test_nothing_is_passed_on_to_where_nobody_answers(team: Team, database: Database, request_id: UUID) -> None:
    async with database.transaction() as session:
        empty = (await factories.organisation(session, name="Sans bureau")).id
        offered = {one.name for one in await other_teams(session, team.nolwenn)}
    assert offered == {"CDAS de Quimper"}
    for where in (empty, team.nolwenn.organisation_id):
        with pytest.raises(NotFound, match="unknown_organisation"):
            await done(database, moving.pass_on, team.nolwenn, request_id, organisation=where)
    with pytest.raises(Unreadable):
        await done(
            database,
            moving.pass_on,
            team.nolwenn,
            request_id,
            organisation=team.stranger.organisation_id,
            comment="  ",
        )


@pytest.mark.parametrize("act", [moving.pass_on, moving.snooze])
async def test_what_somebody_else_has_or_what_is_closed_is_left_alone(
    act: Callable[..., Awaitable[Any]], team: Team, database: Database, request_id: UUID
) -> None:
    given = {"organisation": team.stranger.organisation_id}
    await done(database, acting.take, team.nolwenn, request_id)
    with pytest.raises(Conflict, match="taken"):
        await done(database, act, team.ronan, request_id, **given)
    await done(database, acting.close, team.nolwenn, request_id)
    with pytest.raises(Conflict, match="closed"):
        await done(database, act, team.ronan, request_id, **given)


async def test_of_two_who_send_it_elsewhere_at_the_same_instant_one_does(team: Team, database: Database) -> None:
    for _ in range(20):
        async with database.transaction() as session:
            row = await ask(session, team)
        acts = [
            done(database, moving.assign, team.nolwenn, row.id, caseworker=team.ronan.id, version=0),
            done(database, moving.pass_on, team.ronan, row.id, organisation=team.stranger.organisation_id, version=0),
            done(database, acting.take, team.ronan, row.id, version=0),
        ]
        results = await asyncio.gather(*acts, return_exceptions=True)
        assert len([result for result in results if isinstance(result, int)]) == 1
        assert all(isinstance(result, int | Conflict | NotFound) for result in results)
        async with database.transaction() as session:
            events = await session.scalars(select(EscalationEvent.seq).where(EscalationEvent.escalation_id == row.id))
            assert sorted(events) == [1, 2]
            await session.delete(await session.get_one(Escalation, row.id))
