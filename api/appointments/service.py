"""What a person may ask about their appointments."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments import sayings
from api.appointments.outlook import STATUS_LATE, Outlook, Visit, outlook
from api.appointments.tables import Appointment
from api.authorities.tables import Organisation
from api.caseworkers.tables import Caseworker
from api.texts.schemas import Saying

LONGEST = timedelta(minutes=600)
"""The table's own limit on how long an appointment lasts."""


async def next_appointment(session: AsyncSession, beneficiary_id: UUID, now: datetime) -> list[Saying]:
    """The verdict on the next appointment, then where, with whom, what to bring, and those after it."""
    found = await outlook_of(session, beneficiary_id, now)
    return _told(found, now, sayings.where, sayings.who, sayings.bring, lambda _: sayings.later(found))


async def appointment_place(session: AsyncSession, beneficiary_id: UUID, now: datetime) -> list[Saying]:
    """The verdict on the next appointment, then where it is and the way there."""
    return _told(await outlook_of(session, beneficiary_id, now), now, sayings.where)


async def appointment_documents(session: AsyncSession, beneficiary_id: UUID, now: datetime) -> list[Saying]:
    """The verdict on the next appointment, then what to bring."""
    return _told(await outlook_of(session, beneficiary_id, now), now, sayings.bring)


async def outlook_of(session: AsyncSession, beneficiary_id: UUID, now: datetime) -> Outlook:
    """Where this person stands with their appointments at `now`."""
    near = (Appointment.beneficiary_id == beneficiary_id) & (Appointment.starts_at >= now - STATUS_LATE - LONGEST)
    return outlook(list((await _visits(session, near)).values()), now)


async def visit_of(session: AsyncSession, appointment_id: UUID) -> Visit:
    """This appointment as a person would tell it. Raises KeyError when there is none."""
    return (await visits_of(session, [appointment_id]))[appointment_id]


async def visits_of(session: AsyncSession, appointment_ids: Sequence[UUID]) -> dict[UUID, Visit]:
    """The same of many, by id."""
    return await _visits(session, Appointment.id.in_(appointment_ids))


async def _visits(session: AsyncSession, which: ColumnElement[bool]) -> dict[UUID, Visit]:
    """By id, the soonest first."""
    wanted = (
        select(Appointment, Organisation.phone, Caseworker.first_name, Caseworker.last_name)
        .join(Organisation, Organisation.id == Appointment.organisation_id)
        .outerjoin(Caseworker, Caseworker.id == Appointment.caseworker_id)
        .where(which)
        .order_by(Appointment.starts_at, Appointment.id)
    )
    return {row.id: _visit(row, phone, first, last) for row, phone, first, last in await session.execute(wanted)}


def _told(found: Outlook, now: datetime, *parts: Callable[[Visit], list[Saying]]) -> list[Saying]:
    said = sayings.verdict(found, now)
    if found.visit and found.stands:
        # What is cancelled or past has its number in its own sentence, and no place to go to.
        for part in (*parts, sayings.contact):
            said += part(found.visit)
    return said


def _visit(row: Appointment, phone: str, first_name: str | None, last_name: str | None) -> Visit:
    return Visit(
        starts_at=row.starts_at,
        duration_minutes=row.duration_minutes,
        status=row.status,
        title=row.title,
        location_type=row.location_type,
        phone=phone,
        place_name=row.place_name,
        address=row.address,
        directions=row.directions,
        call_from=row.call_from,
        with_whom=f"{first_name} {last_name}" if first_name and last_name else None,
        documents=tuple(row.documents),
        id=row.id,
    )
