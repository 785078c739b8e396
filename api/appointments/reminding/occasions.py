"""What calls for a message of ours at this moment, and has not been decided yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Select, String, cast, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.reminding import due
from api.appointments.tables import Appointment, Reminder, ReminderKind, Status
from api.core.clock import PARIS
from api.core.quiet_hours import next_allowed

STALE = timedelta(days=14)
"""After an appointment: later nobody connects a message with it, and sources fill in statuses months afterwards."""
AT_ONCE = 400
"""Of each kind at one look, the soonest first; the next look takes the others."""


@dataclass(frozen=True)
class Occasion:
    """Something to be decided once: whom it is about, and by what name it will not come again."""

    kind: ReminderKind
    subject: str
    beneficiary_id: UUID
    appointment_id: UUID | None = None


def subject_of(appointment: Appointment) -> str:
    """An appointment and its instant: moved, it is reminded of again."""
    return f"{appointment.id}/{int(appointment.starts_at.timestamp())}"


def subject() -> ColumnElement[str]:
    """The same, as PostgreSQL writes it."""
    seconds = cast(func.floor(func.extract("epoch", Appointment.starts_at)), BigInteger)
    return func.concat(cast(Appointment.id, String), "/", cast(seconds, String))


async def of_appointments(session: AsyncSession, now: datetime) -> list[Occasion]:
    """The appointments to remind of, then those that were missed; nothing in quiet hours."""
    if next_allowed(now) != now:
        return []
    nearest = [await _ahead(session, kind, now) for kind in (ReminderKind.one_day, ReminderKind.three_days)]
    return [one for found in (*nearest, await _missed(session, now)) for one in found]


async def standing(session: AsyncSession, occasions: Sequence[Occasion]) -> list[Occasion]:
    """Those, of one kind, whose appointment still is what they say, locked; not when somebody is at it just now.

    An occasion that is of no appointment stands.
    """
    asked = [one for one in occasions if one.appointment_id]
    if not asked:
        return list(occasions)
    kind, ids = asked[0].kind, [one.appointment_id for one in asked]
    mine = select(Appointment).where(Appointment.id.in_(ids), Appointment.status == _status(kind))
    if kind is not ReminderKind.missed:
        mine = mine.where(Appointment.confirmed_at.is_(None))
    free = mine.with_for_update(skip_locked=True).execution_options(populate_existing=True)
    stand = {subject_of(row) for row in await session.scalars(free)}
    return [one for one in occasions if not one.appointment_id or one.subject in stand]


async def _ahead(session: AsyncSession, kind: ReminderKind, now: datetime) -> list[Occasion]:
    first, last = due.days_due(kind, now)
    rows = _undecided(kind).where(Appointment.starts_at > now, Appointment.starts_at >= _begins(first))
    rows = rows.where(Appointment.starts_at < _begins(last + timedelta(days=1)))
    found = await session.scalars(rows.order_by(Appointment.starts_at).limit(AT_ONCE))
    return [_occasion(kind, row) for row in found]


async def _missed(session: AsyncSession, now: datetime) -> list[Occasion]:
    """Those noted by the last morning: nobody is written to while they may still be on their way."""
    morning = due.last_morning(now)
    rows = _undecided(ReminderKind.missed).where(Appointment.starts_at.between(now - STALE, morning))
    rows = rows.where(Appointment.source_updated_at <= morning)
    found = await session.scalars(rows.order_by(Appointment.starts_at).limit(AT_ONCE))
    return [_occasion(ReminderKind.missed, row) for row in found]


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(0), PARIS)


def _undecided(kind: ReminderKind) -> Select[Appointment]:
    decided = exists().where(
        Reminder.appointment_id == Appointment.id, Reminder.kind == kind, Reminder.subject == subject()
    )
    return select(Appointment).where(Appointment.status == _status(kind), ~decided)


def _status(kind: ReminderKind) -> Status:
    return Status.noshow if kind is ReminderKind.missed else Status.unknown


def _occasion(kind: ReminderKind, row: Appointment) -> Occasion:
    return Occasion(kind, subject_of(row), row.beneficiary_id, row.id)


async def any_ahead(session: AsyncSession, people: Sequence[UUID], now: datetime) -> set[UUID]:
    """Those of these people who have an appointment to come."""
    standing = select(Appointment.beneficiary_id).where(Appointment.beneficiary_id.in_(people))
    ahead = standing.where(Appointment.starts_at > now, Appointment.status == Status.unknown)
    return set(await session.scalars(ahead))
