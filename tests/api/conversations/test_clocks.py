"""Clocks of machines differ: PostgreSQL's alone says when a message may be answered, and by whom."""

from datetime import datetime, timedelta, tzinfo
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations import leases, service
from api.conversations.opening import open_turn
from api.conversations.outbox import SENDER
from api.core.database import Database
from api.core.sealing import Sealer
from tests import factories


def wrong_by(minutes: float) -> type[datetime]:
    """A clock, as `api/core/clock.py` reads one."""

    class Wrong(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + timedelta(minutes=minutes)

    return Wrong


@pytest.fixture(params=[-1, 1], ids=["slow", "fast"])
def wrong(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Ours is a minute wrong, until it is undone."""
    monkeypatch.setattr("api.core.clock.datetime", wrong_by(request.param))
    return monkeypatch


async def written(session: AsyncSession, sealer: Sealer, phone: str | None = None) -> UUID:
    """A conversation in which somebody has just written, on the web or by SMS."""
    await factories.authority(session)
    if phone:
        conversation = await service.by_number(session, phone, SENDER, factories.AUTHORITY)
    else:
        conversation = await factories.conversation(session)
    await service.receive(session, sealer, conversation.id, service.Incoming(str(uuid4()), "quand est mon rdv"))
    return conversation.id


async def seconds_pass(database: Database, seconds: float) -> None:
    moved = "UPDATE {} SET {} = {} - make_interval(secs => :seconds)"
    async with database.transaction() as session:
        for table, column in (("messages", "created_at"), ("conversations", "waiting_since")):
            await session.execute(text(moved.format(table, column, column)), {"seconds": seconds})


async def claimed(database: Database) -> list[tuple[UUID, UUID]]:
    async with database.transaction() as session:
        return await leases.claim(session, 1)


async def test_what_is_written_is_taken_at_once_whatever_our_clocks_say(
    database: Database, sealer: Sealer, wrong: pytest.MonkeyPatch
) -> None:
    async with database.transaction() as session:
        conversation = await written(session, sealer)
    # Another machine, whose clock is right.
    wrong.undo()
    assert [taken for taken, _ in await claimed(database)] == [conversation]


@pytest.mark.usefixtures("wrong")
async def test_an_sms_waits_two_seconds_for_more_whatever_our_clocks_say(database: Database, sealer: Sealer) -> None:
    async with database.transaction() as session:
        conversation = await written(session, sealer, "+33639980123")
    assert await claimed(database) == []
    await seconds_pass(database, 2.1)
    ((taken, lease),) = await claimed(database)
    async with database.transaction() as session:
        turn = await open_turn(session, sealer, conversation, lease)
    assert turn
    assert taken == turn.conversation_id
    # The lease was renewed by the same clock: nobody else may take it.
    assert await claimed(database) == []


async def test_a_second_sms_does_not_put_the_first_off(database: Database, sealer: Sealer) -> None:
    async with database.transaction() as session:
        conversation = await written(session, sealer, "+33639980123")
    await seconds_pass(database, 2.1)
    async with database.transaction() as session:
        await service.receive(session, sealer, conversation, service.Incoming("more", "à Brest"))
    assert [taken for taken, _ in await claimed(database)] == [conversation]
