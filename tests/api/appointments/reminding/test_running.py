"""Several workers decide each reminder once; one that dies in between leaves nothing half done."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.reminding.due import BEFORE, goes_at
from api.appointments.reminding.running import remind
from api.appointments.reminding.sending import Ready, Talks, send
from api.appointments.tables import Appointment, Reminder, ReminderKind
from api.conversations.sms_tables import OutgoingSms, SmsStatus
from api.conversations.tables import Message
from api.core.clock import paris
from api.core.database import Database
from api.core.quiet_hours import next_allowed
from api.texts.voice import Voices
from tests import factories
from tests.api.appointments.reminding.conftest import LONG_AGO, THREE_DAYS, VISIT, at


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


SEASONS = {"spring": at("2027-03-01 00:00"), "autumn": at("2026-10-05 00:00")}
"""Months in which the hour changes; in the first, on the eve of Easter Monday."""
HOW_MANY = 60
"""Appointments, of two reminders each: four seconds. 10,000 fall on the same days, with more people on each."""


@pytest.mark.parametrize("season", list(SEASONS))
async def test_a_month_sends_each_once_at_its_hour_and_none_in_quiet_hours(database: Database, season: str) -> None:
    begins = SEASONS[season]
    visits = [begins + timedelta(days=6, hours=9.75 * nth) for nth in range(HOW_MANY)]
    await _people(database, visits)
    killed = 0
    for day in range(32):
        for look in _looks(begins + timedelta(days=day)):
            if paris(look).hour == 10:
                killed += await _killed_in_the_middle(database, look)
            await remind(database, Voices(), look)
            await _leave(database)
    due = {
        (starts_at, kind): moment
        for starts_at in visits
        for kind in BEFORE
        if (moment := goes_at(kind, paris(starts_at).date()))
    }
    assert len(due) > HOW_MANY
    assert await _sent(database) == due
    assert killed > 10


async def _leave(database: Database) -> None:
    """A provider takes them: what stays in the outbox is withdrawn once it is of no use."""
    async with database.transaction() as session:
        await session.execute(update(OutgoingSms).values(status=SmsStatus.sent))


def _looks(day: datetime) -> list[datetime]:
    """In the night, around ten, and when the evening is quiet already; of a day that begins at `day` or an hour off."""
    local = paris(day + timedelta(hours=12)).replace(minute=0)
    return [
        local.replace(hour=hour, minute=minute).astimezone(UTC) for hour, minute in ((3, 0), (9, 59), (10, 0), (20, 0))
    ]


async def _killed_in_the_middle(database: Database, now: datetime) -> bool:
    """A worker that looks, and is stopped after a few of them; whether it was."""
    try:
        async with asyncio.timeout(0.03):
            await remind(database, Voices(), now)
    except TimeoutError:
        return True
    return False


async def _sent(database: Database) -> dict[tuple[datetime, ReminderKind], datetime]:
    """Each reminder that went, and when; no two of one appointment and kind, none without its message."""
    rows = (
        select(Appointment.starts_at, Reminder.kind, Reminder.decided_at)
        .join(Reminder, Reminder.appointment_id == Appointment.id)
        .join(OutgoingSms, OutgoingSms.id == Reminder.sms_id)
        .join(Message, Message.id == OutgoingSms.message_id)
    )
    async with database.transaction() as session:
        found = list(await session.execute(rows))
    assert await _count(database, OutgoingSms) == len(found)
    assert all(next_allowed(moment) == moment for *_, moment in found)
    sent = {(starts_at, kind): moment for starts_at, kind, moment in found}
    assert len(sent) == len(found)
    return sent
