"""What a person may do about an appointment of theirs: say that they come, cancel it, give a reason."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.slots import give_back
from api.appointments.tables import Appointment, Excuse, Status

TOO_LATE = timedelta(hours=4)
"""Before an appointment: from then on only a call reaches somebody in time (RDV-Solidarités: app/models/rdv.rb)."""


class Hold(StrEnum):
    """What keeps a person from changing an appointment here."""

    too_late = "too_late"
    theirs = "theirs"
    """It is the service's to change: it comes from a source that only tells us, or several people are expected."""


async def ahead(session: AsyncSession, beneficiary_id: UUID, now: datetime) -> list[Appointment]:
    """The appointments that stand and have not begun, soonest first."""
    mine = select(Appointment).where(Appointment.beneficiary_id == beneficiary_id, Appointment.starts_at > now)
    return list(await session.scalars(mine.where(Appointment.status == Status.unknown).order_by(Appointment.starts_at)))


async def of_person(session: AsyncSession, beneficiary_id: UUID, appointment_id: UUID) -> Appointment | None:
    """This appointment, locked, if it is theirs."""
    mine = select(Appointment).where(Appointment.id == appointment_id, Appointment.beneficiary_id == beneficiary_id)
    return await session.scalar(mine.with_for_update().execution_options(populate_existing=True))


def hold(appointment: Appointment, now: datetime) -> Hold | None:
    """Why it may not be changed here; None when it may."""
    # In UTC: between two instants of one time zone Python subtracts what clocks show, an hour off when they change.
    if appointment.starts_at.astimezone(UTC) - now.astimezone(UTC) < TOO_LATE:
        return Hold.too_late
    return None if is_ours(appointment) else Hold.theirs


def is_ours(appointment: Appointment) -> bool:
    """Whether it may be changed here at all, however close it is."""
    return appointment.changeable and not appointment.collective


async def cancel(
    session: AsyncSession, appointment: Appointment, now: datetime, status: Status = Status.excused
) -> None:
    """It does not take place, and the hour is somebody else's. `status`: who said so; the person, if not given."""
    appointment.status, appointment.cancelled_at = status, now
    await give_back(session, appointment, now)


def confirm(appointment: Appointment, now: datetime) -> None:
    """The person will come; the first time that they said so is kept."""
    appointment.confirmed_at = appointment.confirmed_at or now


def excuse(appointment: Appointment, why: Excuse) -> None:
    """Why the person cannot come, when they care to say."""
    appointment.excuse = why
