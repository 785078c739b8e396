"""The people of an authority whom no SMS reaches, and who should hear of something: for a letter, or a call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.reminding.barring import UNREACHED, Why
from api.appointments.reminding.failing import failing
from api.appointments.tables import Appointment, Reminder, Status
from api.authorities.communes import communes
from api.authorities.tables import Authority, Organisation
from api.beneficiaries.tables import Beneficiary
from api.desk.people.numbers import barred
from api.identity.reading import read_phone

LOOKS_AHEAD = timedelta(weeks=3)
"""A letter takes days to arrive, and the list is printed once a week."""
LOOKS_BACK = timedelta(weeks=1)
WORDS = {
    Why.no_mobile: "pas de numéro de portable",
    Why.silent: "ne reçoit plus de SMS",
    Why.failures: "deux SMS non arrivés",
}
"""Why a letter is written. A confidential file, or a number that is shared, gets none by itself: it is a choice."""


@dataclass(frozen=True)
class Unreached:
    """Somebody to write to, why no SMS reaches them, and what they should hear of."""

    id: UUID
    why: Why
    title: str
    """madame or monsieur."""
    name: str
    commune: str
    authority: str
    address: str
    """Of the authority: who writes."""
    phone: str
    """To call, E.164."""
    visits: tuple[datetime, ...]
    """Appointments to come, soonest first; none: what was decided last week was something else."""


async def unreachable(session: AsyncSession, authority_code: str, now: datetime) -> list[Unreached]:
    """By name. Who has an appointment within three weeks, or was to be written to in the last seven days."""
    visits = await _visits(session, authority_code, now)
    people = await _people(session, authority_code, set(visits), now)
    why = await _why(session, people)
    authority = await session.get_one(Authority, authority_code)
    return [
        Unreached(
            id=person.id,
            why=why[person.id],
            title=person.title,
            name=f"{person.first_name} {person.last_name}",
            commune=communes()[person.commune_insee].name,
            authority=authority.name,
            address=authority.address,
            phone=await _phone(session, person, authority),
            visits=tuple(visits.get(person.id, ())),
        )
        for person in people
        if person.id in why
    ]


async def _visits(session: AsyncSession, authority_code: str, now: datetime) -> dict[UUID, list[datetime]]:
    rows = (
        select(Appointment.beneficiary_id, Appointment.starts_at)
        .join(Beneficiary, Beneficiary.id == Appointment.beneficiary_id)
        .where(Beneficiary.authority_code == authority_code, Appointment.status == Status.unknown)
        .where(Appointment.starts_at > now, Appointment.starts_at <= now + LOOKS_AHEAD)
        .order_by(Appointment.starts_at)
    )
    found: dict[UUID, list[datetime]] = {}
    for person_id, starts_at in await session.execute(rows):
        found.setdefault(person_id, []).append(starts_at)
    return found


async def _people(
    session: AsyncSession, authority_code: str, expected: set[UUID], now: datetime
) -> Sequence[Beneficiary]:
    lately = select(Reminder.beneficiary_id).where(Reminder.decided_at > now - LOOKS_BACK, Reminder.why.in_(WORDS))
    theirs = select(Beneficiary).where(
        Beneficiary.authority_code == authority_code, Beneficiary.confidential.is_(False)
    )
    wanted = theirs.where(or_(Beneficiary.id.in_(expected), Beneficiary.id.in_(lately)))
    return (await session.scalars(wanted.order_by(Beneficiary.folded_last_name, Beneficiary.folded_first_name))).all()


async def _why(session: AsyncSession, people: Sequence[Beneficiary]) -> dict[UUID, Why]:
    bars = await barred(session, [person.id for person in people])
    found = {person_id: UNREACHED.get(bar, Why.silent) for person_id, bar in bars.items()}
    failed = await failing(session, [person.phone for person in people if person.phone])
    for person in people:
        if person.id not in found and person.phone and read_phone(person.phone) != person.phone:
            found[person.id] = Why.no_mobile
        elif person.id not in found and person.phone in failed:
            found[person.id] = Why.failures
    return {person_id: why for person_id, why in found.items() if why in WORDS}


async def _phone(session: AsyncSession, person: Beneficiary, authority: Authority) -> str:
    team = await session.get(Organisation, person.organisation_id) if person.organisation_id else None
    return team.phone if team else authority.phone
