"""Several workers decide each reminder once; one that dies in between leaves nothing half done."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.reminding.running import remind
from api.appointments.reminding.sending import Ready, Talks, send
from api.appointments.tables import Reminder
from api.conversations.sms_tables import OutgoingSms
from api.conversations.tables import Message
from api.core.database import Database
from api.texts.voice import Voices
from tests import factories
from tests.api.appointments.reminding.conftest import LONG_AGO, THREE_DAYS, VISIT


async def _people(database: Database, starts: list[datetime]) -> None:
    """One person and appointment an instant."""
    async with database.transaction() as session:
        team = await factories.organisation(session)
        for nth, starts_at in enumerate(starts):
            phone = f"+336399{80000 + nth}"
            person = await factories.person(session, phone=phone, organisation_id=team.id)
            made = {"organisation_id": team.id, "source_updated_at": LONG_AGO - timedelta(days=400)}
            await factories.appointment(session, person, starts_at, **made)


async def _count(database: Database, table: type) -> int:
    async with database.transaction() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def test_four_workers_at_once_send_each_once(database: Database) -> None:
    await _people(database, [VISIT] * 20)
    decided = await asyncio.gather(*(remind(database, Voices(), THREE_DAYS) for _ in range(4)))
    assert sum(decided) == 20
    assert [await _count(database, table) for table in (Reminder, OutgoingSms, Message)] == [20, 20, 20]
    assert await remind(database, Voices(), THREE_DAYS + timedelta(minutes=1)) == 0


async def test_what_dies_between_deciding_and_sending_is_decided_at_the_next_look(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _people(database, [VISIT] * 3)

    async def dies(session: AsyncSession, voices: Voices, talks: Talks, ready: Sequence[Ready]) -> None:
        await send(session, voices, talks, ready)
        if "+33639980001" in {one.person.phone for one in ready}:
            raise OperationalError("gone", None, Exception())

    with monkeypatch.context() as patched:
        patched.setattr("api.appointments.reminding.deciding.send", dies)
        # Together none is sent, and then each that can be.
        assert await remind(database, Voices(), THREE_DAYS) == 2
    assert [await _count(database, table) for table in (Reminder, OutgoingSms, Message)] == [2, 2, 2]
    assert await remind(database, Voices(), THREE_DAYS + timedelta(minutes=1)) == 1
    assert [await _count(database, table) for table in (Reminder, OutgoingSms, Message)] == [3, 3, 3]
