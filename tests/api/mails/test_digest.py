"""Each morning at eight, once, a team reads how much waits for it."""

import asyncio
from datetime import datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.database import Database
from api.escalations.events import add_event
from api.escalations.tables import Event, Kind
from api.mails.digest import digest
from tests.api.mails.waiting import DESK, SAID, at, mails, request, team

TEAM = "equipe@exemple.fr"


async def test_it_says_how_many_how_late_and_how_old(session: AsyncSession) -> None:
    ours = await team(session, email=TEAM)
    await request(session, ours, at(20, 9), due_at=at(24, 23, 59))
    await request(session, ours, at(24, 9))
    closed = await request(session, ours, at(19, 9))
    await add_event(session, closed.id, Event.closed, created_at=at(19, 10))
    await request(session, ours, at(18, 9), kind=Kind.to_know)
    await request(session, ours, at(17, 9), answered_at=at(18, 9))
    await digest(session, DESK, at(25, 8))
    [letter] = await mails(session)
    assert letter.subject == "Ce matin : 2 demandes attendent une réponse"
    assert letter.text
    assert "1 est en retard. La plus ancienne attend depuis 5 jours." in letter.text
    assert f"{DESK}/" in letter.text
    assert SAID not in letter.text


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(at(25, 7, 59), id="before eight"),
        pytest.param(at(25, 12), id="in the afternoon"),
        pytest.param(at(28, 8), id="on a Saturday"),
        pytest.param(at(11, 8), id="on the day of the Armistice"),
    ],
)
async def test_at_no_other_time(session: AsyncSession, moment: datetime) -> None:
    await request(session, await team(session, email=TEAM), at(2, 9))
    await digest(session, DESK, moment)
    assert await mails(session) == []


async def test_where_nothing_waits_nothing_is_written_even_later(session: AsyncSession) -> None:
    await request(session, await team(session, email=TEAM), at(25, 9))
    await digest(session, DESK, at(25, 10))
    assert await mails(session) == []


async def test_many_workers_write_it_once_a_day(database: Database) -> None:
    async with database.transaction() as session:
        await request(session, await team(session, email=TEAM), at(20, 9))

    async def one(moment: datetime) -> None:
        async with database.transaction() as session:
            await digest(session, DESK, moment)

    await asyncio.gather(*(one(at(25, 8, minute)) for minute in (0, 0, 1, 2)))
    await one(at(26, 8))
    async with database.transaction() as session:
        assert len(await mails(session)) == 2
