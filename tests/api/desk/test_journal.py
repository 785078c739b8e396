"""Whoever reads of somebody whom they do not follow leaves a trace: one for a look, whoever they stand in for."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Beneficiary
from api.caseworkers.tables import Caseworker
from api.core.clock import now
from api.core.database import Database
from api.desk import ready_texts
from api.desk.journal import note_access
from api.desk.tables import Access
from api.desk.thread import thread
from tests.api.desk.conftest import NOW, Team

ROUTE = "/desk/people/{person}"


async def traces(session: AsyncSession) -> list[tuple[UUID, str]]:
    rows = await session.execute(select(Access.caseworker_id, Access.what).order_by(Access.created_at, Access.what))
    return [(caseworker, what) for caseworker, what in rows]


async def test_one_look_is_one_trace_for_each_route(team: Team, database: Database, request_id: UUID) -> None:
    async with database.transaction() as session:
        for _ in range(2):
            await thread(session, team.ronan, request_id)
            await ready_texts.filled(session, team.ronan, request_id, NOW)
            await note_access(session, team.ronan, ROUTE, team.person.id)
        whole = "/desk/escalations/{escalation}"
        routes = [whole, f"{whole}/ready-texts", ROUTE]
        assert sorted(await traces(session)) == sorted((team.ronan.id, route) for route in routes)


async def test_a_quarter_of_an_hour_later_it_is_another_look(team: Team, database: Database) -> None:
    async with database.transaction() as session:
        await note_access(session, team.ronan, ROUTE, team.person.id)
        await session.execute(update(Access).values(created_at=now() - timedelta(minutes=16)))
        await note_access(session, team.ronan, ROUTE, team.person.id)
        assert len(await traces(session)) == 2


async def test_ones_own_person_is_no_trace_and_a_stand_in_s_is_one(team: Team, database: Database) -> None:
    async with database.transaction() as session:
        await session.execute(update(Beneficiary).values(caseworker_id=team.nolwenn.id))
        absent = update(Caseworker).where(Caseworker.id == team.nolwenn.id)
        await session.execute(absent.values(absent_from=date(2026, 1, 1), stand_in_id=team.ronan.id))
        for who in (team.nolwenn, team.ronan):
            await note_access(session, who, ROUTE, team.person.id)
        assert await traces(session) == [(team.ronan.id, ROUTE)]
