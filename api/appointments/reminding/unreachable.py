"""The people whom no SMS reaches, and who should hear of something: for a letter, or a call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.reminding.barring import UNREACHED, Why
from api.appointments.reminding.failing import failing
from api.appointments.tables import Appointment, Reminder, Status
from api.authorities.communes import communes
from api.authorities.tables import Authority, Organisation
from api.beneficiaries.tables import Beneficiary
from api.conversations.tables import Conversation, Turn
from api.conversations.urgent import Urgency
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
VIOLENCE = f"emergency_{Urgency.violence}"


@dataclass(frozen=True)
class Unreached:
    """Somebody to write to, why no SMS reaches them, and what they should hear of."""

    id: UUID
    why: Why
    title: str
    """madame or monsieur."""
    name: str
    commune: str
    organisation: UUID | None
    """Who follows them."""
    authority: str
    address: str
    """Of the authority: who writes."""
    phone: str
    """To call, E.164."""
    visits: tuple[datetime, ...]
    """Appointments to come, soonest first; none: what was decided last week was something else."""


async def unreachable(session: AsyncSession, whose: ColumnElement[bool], now: datetime) -> list[Unreached]:
    """By name. Who has an appointment within three weeks, or was to be written to in the last seven days.

    `whose`: of which beneficiaries. Never a confidential file, nor anybody who told of violence: a letter lies where
    the person to fear may open it first.
    """
    visits = await _visits(session, whose, now)
    people = await _people(session, whose, set(visits), now)
    why = await _why(session, people)
    return [
        await _unreached(session, person, why[person.id], tuple(visits.get(person.id, ())))
        for person in people
        if person.id in why
    ]


async def _unreached(session: AsyncSession, person: Beneficiary, why: Why, visits: tuple[datetime, ...]) -> Unreached:
    authority = await session.get_one(Authority, person.authority_code)
    team = await session.get(Organisation, person.organisation_id) if person.organisation_id else None
    return Unreached(
        id=person.id,
        why=why,
        title=person.title,
        name=f"{person.first_name} {person.last_name}",
        commune=communes()[person.commune_insee].name,
        organisation=person.organisation_id,
        authority=authority.name,
        address=authority.address,
        phone=team.phone if team else authority.phone,
        visits=visits,
    )


async def _visits(session: AsyncSession, whose: ColumnElement[bool], now: datetime) -> dict[UUID, list[datetime]]:
    rows = (
        select(Appointment.beneficiary_id, Appointment.starts_at)
        .join(Beneficiary, Beneficiary.id == Appointment.beneficiary_id)
        .where(whose, Appointment.status == Status.unknown)
        .where(Appointment.starts_at > now, Appointment.starts_at <= now + LOOKS_AHEAD)
        .order_by(Appointment.starts_at)
    )
    found: dict[UUID, list[datetime]] = {}
    for person_id, starts_at in await session.execute(rows):
        found.setdefault(person_id, []).append(starts_at)
    return found


async def _people(
    session: AsyncSession, whose: ColumnElement[bool], expected: set[UUID], now: datetime
) -> Sequence[Beneficiary]:
    lately = select(Reminder.beneficiary_id).where(Reminder.decided_at > now - LOOKS_BACK, Reminder.why.in_(WORDS))
    theirs = select(Beneficiary).where(whose, Beneficiary.confidential.is_(False))
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
    kept = {person_id: why for person_id, why in found.items() if why in WORDS}
    threatened = await _threatened(session, list(kept))
    return {person_id: why for person_id, why in kept.items() if person_id not in threatened}


async def _threatened(session: AsyncSession, ids: Sequence[UUID]) -> set[UUID]:
    """Those who told of violence, from their number or known by name: no reminder goes there either."""
    theirs = or_(Conversation.phone == Beneficiary.phone, Conversation.beneficiary_id == Beneficiary.id)
    told = exists().where(Turn.conversation_id == Conversation.id, Turn.intent == VIOLENCE, theirs)
    return set(await session.scalars(select(Beneficiary.id).where(Beneficiary.id.in_(ids), told)))
