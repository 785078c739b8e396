"""Free hours: three at a time, and each to one person only, however many ask for it at the same instant."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Time, cast, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.tables import Appointment, Slot
from api.beneficiaries.tables import Beneficiary
from api.core.wanted_times import Wanted

PAGE = 3
LOCAL = func.timezone("Europe/Paris", Slot.starts_at)
LEAD = timedelta(hours=4)
"""Nobody is offered an hour that they could no longer cancel (RDV-Solidarités: app/models/rdv.rb)."""
SOURCE = "hent"
"""What `appointments.source` says of those that were taken here."""

TITLES = {
    "rsa_orientation": "rendez-vous d'orientation",
    "rsa_accompagnement": "rendez-vous d'accompagnement",
    "rsa_cer_signature": "rendez-vous de signature de contrat",
    "rsa_follow_up": "rendez-vous de suivi",
}
"""Motif category to its words (rdv-insertion, db/seeds.rb); categories are open data: others have a plain title."""
PLAIN_TITLE = "rendez-vous"


async def free(
    session: AsyncSession,
    person: Beneficiary,
    categories: Sequence[str],
    now: datetime,
    after: UUID | None = None,
    *,
    lead: timedelta = LEAD,
    wanted: Wanted | None = None,
) -> list[Slot]:
    """At most three free hours of the person's team, one a half-day, soonest first, past the hour `after`.

    Three hours of one morning would be one choice for whoever works in the morning. None begins within `lead`, or
    outside what is `wanted`.
    """
    half_day = [func.date(LOCAL), func.extract("hour", LOCAL) < 12]
    nth = func.row_number().over(partition_by=half_day, order_by=[Slot.starts_at, Slot.id])
    shown = select(Slot.starts_at).where(Slot.id == after).scalar_subquery()
    earliest = func.greatest(now + lead, shown)
    mine = or_(Slot.caseworker_id.is_(None), Slot.caseworker_id == person.caseworker_id)
    found = (
        select(Slot.id, nth.label("nth"))
        .where(Slot.organisation_id == person.organisation_id, Slot.appointment_id.is_(None), mine)
        .where(Slot.category.in_(categories), Slot.starts_at > earliest, *_suits(wanted))
        .subquery()
    )
    first = select(Slot).join(found, found.c.id == Slot.id).where(found.c.nth == 1)
    return list(await session.scalars(first.order_by(Slot.starts_at, Slot.id).limit(PAGE)))


def _suits(wanted: Wanted | None) -> list[ColumnElement[bool]]:
    if wanted is None:
        return []
    days = func.date(LOCAL).between(wanted.first, wanted.last) if wanted.last else func.date(LOCAL) >= wanted.first
    return [days, cast(LOCAL, Time).between(*wanted.hours), func.date(LOCAL).not_in(wanted.refused)]


async def take(session: AsyncSession, slot_id: UUID, person: Beneficiary, now: datetime) -> Appointment | None:
    """The appointment made of this hour; None when somebody else has it, or when it is not for this person."""
    # Locked: whoever asks at the same instant waits here, then finds that it has an appointment.
    mine = (
        select(Slot)
        .where(Slot.id == slot_id, Slot.appointment_id.is_(None), Slot.starts_at > now)
        .where(Slot.organisation_id == person.organisation_id)
        .where(or_(Slot.caseworker_id.is_(None), Slot.caseworker_id == person.caseworker_id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    slot = await session.scalar(mine)
    if slot is None:
        return None
    appointment = _appointment(slot, person, now)
    session.add(appointment)
    await session.flush()
    slot.appointment_id = appointment.id
    await session.flush()
    return appointment


async def held(session: AsyncSession, slot_id: UUID, person: Beneficiary) -> Appointment | None:
    """The appointment that this person already made of this hour: pressing twice is not losing it to somebody else."""
    mine = select(Appointment).join(Slot, Slot.appointment_id == Appointment.id)
    return await session.scalar(mine.where(Slot.id == slot_id, Appointment.beneficiary_id == person.id))


async def give_back(session: AsyncSession, appointment: Appointment, now: datetime) -> None:
    """The hour of a cancelled appointment is free again, for somebody else."""
    held = update(Slot).where(Slot.appointment_id == appointment.id, Slot.starts_at > now)
    await session.execute(held.values(appointment_id=None))


def _appointment(slot: Slot, person: Beneficiary, now: datetime) -> Appointment:
    return Appointment(
        source=SOURCE,
        # Given back and taken again, an hour makes another appointment: its instant is part of the name.
        source_id=f"{slot.id}/{now.isoformat()}",
        source_updated_at=now,
        beneficiary_id=person.id,
        organisation_id=slot.organisation_id,
        caseworker_id=slot.caseworker_id or person.caseworker_id,
        starts_at=slot.starts_at,
        duration_minutes=slot.duration_minutes,
        location_type=slot.location_type,
        place_name=slot.place_name,
        address=slot.address,
        directions=slot.directions,
        call_from=slot.call_from,
        category=slot.category,
        title=TITLES.get(slot.category, PLAIN_TITLE),
        documents=[],
    )
