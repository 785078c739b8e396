"""Two months of reminders on a frozen clock, in which the hour changes: each once at its hour, whatever dies."""

import asyncio
import os
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.reminding.running import remind
from api.appointments.reminding.sending import Ready, Talks, send
from api.appointments.tables import Appointment, Reminder, Status
from api.beneficiaries.tables import Beneficiary, Fund, Household
from api.conversations.sms_tables import OutgoingSms, SmsStatus
from api.conversations.tables import Choice, Message
from api.core.clock import PARIS, paris
from api.core.database import Database
from api.texts.voice import Voices
from tests import factories

HOW_MANY = 5_000 if os.environ.get("REQUIRE_ALL") == "1" else 500
"""Appointments of each month, of as many people: ten thousand in all where everything is required, for a minute."""
DAYS = 32
FIRST_VISIT = 6
"""Days after the first: before that, a reminder would have gone before we looked."""
MONTHS = {
    # The night before Sunday 28 March loses an hour; the Monday after it is Easter Monday.
    "spring": (date(2027, 3, 8), frozenset({date(2027, 3, 29)})),
    # The night before Sunday 25 October gains one; 1 November is a Sunday, 11 November a Wednesday.
    "autumn": (date(2026, 10, 12), frozenset({date(2026, 11, 1), date(2026, 11, 11)})),
}
"""The first day, and the holidays: from a calendar, so that our own is checked as well."""
Due = Counter[tuple[UUID, str, datetime]]
"""Appointment, kind of reminder, when it goes."""


@dataclass
class Month:
    """What is to happen to each appointment, by its id."""

    begins: date
    holidays: frozenset[date]
    starts: dict[UUID, datetime] = field(default_factory=dict)
    cancelled: dict[UUID, datetime] = field(default_factory=dict)
    confirmed: dict[UUID, datetime] = field(default_factory=dict)

    def mornings(self, visit: UUID) -> dict[str, datetime]:
        """When each of its reminders goes: two on one morning are one."""
        day = paris(self.starts[visit]).date()
        early, late = (self._ten_by(day - timedelta(days=before)) for before in (3, 1))
        return {"one_day": late} if early == late else {"three_days": early, "one_day": late}

    def due(self) -> Due:
        """All that has gone by the end."""
        every = [(visit, *one) for visit in self.starts for one in self.mornings(visit).items()]
        return Counter((visit, kind, moment) for visit, kind, moment in every if not self._ends(visit, moment))

    def is_off(self, day: date) -> bool:
        """Whether nobody is written to all day."""
        return day.weekday() == 6 or day in self.holidays

    def _ten_by(self, day: date) -> datetime:
        while self.is_off(day):
            day -= timedelta(days=1)
        return instant(day, 10)

    def _ends(self, visit: UUID, moment: datetime) -> bool:
        return any(told.get(visit, moment) < moment for told in (self.cancelled, self.confirmed))


class Dying:
    """Workers of whom the first, once it is `armed`, dies when its batch is written and not yet committed."""

    armed = False
    died = 0

    async def send(self, session: AsyncSession, voices: Voices, talks: Talks, ready: Sequence[Ready]) -> None:
        """As `sending.send`."""
        await send(session, voices, talks, ready)
        if self.armed and ready:
            self.armed, self.died = False, self.died + 1
            # As when its process is stopped: nothing of ours runs after it, and PostgreSQL drops the transaction.
            raise asyncio.CancelledError


@pytest.mark.parametrize("season", list(MONTHS))
async def test_each_is_sent_once_at_its_hour(database: Database, monkeypatch: pytest.MonkeyPatch, season: str) -> None:
    month, dying = planned(*MONTHS[season]), Dying()
    await _fill(database, month)
    monkeypatch.setattr("api.appointments.reminding.deciding.send", dying.send)
    for day in (month.begins + timedelta(days=n) for n in range(DAYS)):
        for hour, minute in ((3, 0), (9, 59), (10, 0), (20, 0)):
            dying.armed = hour == 10
            await _work(database, instant(day, hour, minute), workers=2 if hour == 10 else 1)
        await _live(database, month, day)
    assert dying.died > 20
    due = month.due()
    assert due.total() > 1.6 * HOW_MANY
    assert await _sent(database) == due


def test_the_month_holds_what_it_is_to_show() -> None:
    months = [planned(*season) for season in MONTHS.values()]
    for month in months:
        assert sum(len(month.mornings(visit)) for visit in month.starts) - month.due().total() > HOW_MANY // 20
        offsets = {paris(moment).utcoffset() for *_, moment in month.due()}
        assert offsets == {timedelta(hours=1), timedelta(hours=2)}
    assert {len(month.mornings(visit)) for month in months for visit in month.starts} == {1, 2}


def instant(day: date, hour: int, minute: int = 0) -> datetime:
    """What a clock in Paris shows, in UTC."""
    return datetime.combine(day, time(hour, minute), PARIS).astimezone(UTC)


def planned(begins: date, holidays: frozenset[date]) -> Month:
    """Working days from 8 to 18 h; of twenty, one is cancelled, and one is confirmed when it is first reminded of."""
    draw, month = random.Random(begins.isoformat()), Month(begins, holidays)
    days = [begins + timedelta(days=n) for n in range(FIRST_VISIT, DAYS)]
    open_days = [day for day in days if not month.is_off(day)]
    for nth in range(HOW_MANY):
        visit, day = uuid4(), draw.choice(open_days)
        month.starts[visit] = instant(day, draw.randrange(8, 18), draw.choice((0, 15, 30, 45)))
        if nth % 20 == 0:
            month.cancelled[visit] = instant(day - timedelta(days=draw.randrange(1, 6)), 12)
        elif nth % 20 == 1:
            month.confirmed[visit] = min(month.mornings(visit).values()) + timedelta(hours=2)
    return month


async def _fill(database: Database, month: Month) -> None:
    async with database.transaction() as session:
        team = await factories.organisation(session)
        model = await factories.person(session, organisation_id=team.id)
        visit = await factories.appointment(session, model, instant(month.begins, 9), organisation_id=team.id)
        await session.flush()
        homes = [{"id": uuid4(), "fund": Fund.caf, "case_number": uuid4().hex} for _ in month.starts]
        people = [
            _like(model, id=uuid4(), household_id=home["id"], phone=f"+3363998{nth:04}")
            for nth, home in enumerate(homes)
        ]
        visits = [
            _like(visit, id=one, source_id=one.hex, beneficiary_id=person["id"], starts_at=month.starts[one])
            | {"source_updated_at": instant(month.begins, 0) - timedelta(days=7)}
            for one, person in zip(month.starts, people, strict=True)
        ]
        for table, rows in ((Household, homes), (Beneficiary, people), (Appointment, visits)):
            await session.execute(insert(table), rows)


def _like(row: Beneficiary | Appointment, **given: object) -> dict[str, object]:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns} | given


async def _work(database: Database, now: datetime, workers: int) -> None:
    """Workers at one list, of whom one may die; then whoever is left or started again, until all is done."""
    while any(await asyncio.gather(*(remind(database, Voices(), now) for _ in range(workers)), return_exceptions=True)):
        pass


async def _live(database: Database, month: Month, day: date) -> None:
    """A provider takes what waits, and at noon some people confirm and some appointments are cancelled."""
    noon = instant(day, 12)
    async with database.transaction() as session:
        await session.execute(update(OutgoingSms).values(status=SmsStatus.sent))
        cancelled = update(Appointment).where(Appointment.id.in_(_at(month.cancelled, noon)))
        await session.execute(cancelled.values(status=Status.revoked, cancelled_at=noon))
        confirmed = update(Appointment).where(Appointment.id.in_(_at(month.confirmed, noon)))
        await session.execute(confirmed.values(confirmed_at=noon))


def _at(told: dict[UUID, datetime], noon: datetime) -> list[UUID]:
    return [visit for visit, moment in told.items() if moment == noon]


async def _sent(database: Database) -> Due:
    """Each reminder that went, and when; nothing else did, and each is a message with both of its answers."""
    rows = (
        select(Reminder.appointment_id, Reminder.kind, Reminder.decided_at)
        .join(OutgoingSms, OutgoingSms.id == Reminder.sms_id)
        .join(Message, Message.id == OutgoingSms.message_id)
    )
    async with database.transaction() as session:
        found = [(visit, kind.value, moment) for visit, kind, moment in await session.execute(rows) if visit]
        counted = [
            await session.scalar(select(func.count()).select_from(one)) for one in (OutgoingSms, Message, Choice)
        ]
    assert counted == [len(found), len(found), 2 * len(found)]
    return Counter(found)
