"""Why something that calls for a message gets none: who it is for, what was said already, and who else reminds."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.asking import in_words
from api.appointments.reminding.due import goes_at
from api.appointments.reminding.failing import failing
from api.appointments.reminding.occasions import Occasion, any_ahead
from api.appointments.tables import Appointment, Reminder, ReminderKind
from api.authorities.tables import Authority
from api.beneficiaries.tables import Beneficiary
from api.conversations.tables import Conversation, Turn
from api.conversations.urgent import Urgency
from api.core.clock import paris
from api.desk.people.numbers import Bar, barred
from api.escalations.tables import Escalation, Reason
from api.identity.reading import read_phone


class Why(StrEnum):
    """Why not, as `reminders.why` keeps it."""

    switched_off = "switched_off"
    """By the authority."""
    confidential = "confidential"
    shared = "shared"
    no_mobile = "no_mobile"
    silent = "silent"
    """A STOP, somebody else's number, or one that is dead."""
    failures = "failures"
    """The last two messages did not arrive."""
    threatened = "threatened"
    """Violence was told from there: whoever else reads that telephone must see nothing that we start."""
    source_reminds = "source_reminds"
    already_answered = "already_answered"
    just_made = "just_made"
    """Booked or moved after the hour of its reminder: whoever did that knows."""
    has_another = "has_another"
    """An appointment is to come: nobody waits for one."""
    no_slot = "no_slot"
    withdrawn = "withdrawn"
    """It was written, and had not left when it was of no use any more."""


UNREACHED = {Bar.no_number: Why.no_mobile, Bar.confidential: Why.confidential, Bar.shared: Why.shared}
SAYS_SO = (Reason.appointment_change, Reason.appointment_declined)


async def bar(session: AsyncSession, occasion: Occasion, person: Beneficiary, now: datetime) -> Why | None:
    """Why this person gets nothing on this occasion; None when it may go."""
    authority = await session.get_one(Authority, person.authority_code)
    if occasion.kind in authority.no_reminders:
        return Why.switched_off
    appointment = await session.get(Appointment, occasion.appointment_id) if occasion.appointment_id else None
    if appointment and (known := await _known_already(session, occasion.kind, appointment)):
        return known
    offers_another = occasion.kind is ReminderKind.missed or appointment is None
    if offers_another and await any_ahead(session, [person.id], now):
        return Why.has_another
    return await unreached(session, person)


async def unreached(session: AsyncSession, person: Beneficiary) -> Why | None:
    """Why nothing that we start goes to somebody by SMS; None when it does."""
    found = (await barred(session, [person.id])).get(person.id)
    if found:
        return UNREACHED.get(found, Why.silent)
    assert person.phone, "whoever has no number is barred"
    if read_phone(person.phone) != person.phone:
        return Why.no_mobile
    if await failing(session, [person.phone]):
        return Why.failures
    return Why.threatened if await _threatened(session, person) else None


async def _known_already(session: AsyncSession, kind: ReminderKind, appointment: Appointment) -> Why | None:
    if appointment.excuse or await _passed_on(session, appointment):
        return Why.already_answered
    if kind is ReminderKind.missed:
        # Of these the sources write nothing; and that somebody meant to come is no reason to leave them alone.
        return None
    # rdv-insertion reminds two days before at ten, RDV-Solidarités 48 hours before: what we may not change is theirs
    # (app/jobs of rdv-insertion, notifications of RDV-Solidarités).
    if not appointment.changeable:
        return Why.source_reminds
    moment = goes_at(kind, paris(appointment.starts_at).date())
    if moment and appointment.source_updated_at > moment:
        return Why.just_made
    return Why.already_answered if await _answered(session, appointment) else None


async def _answered(session: AsyncSession, appointment: Appointment) -> bool:
    ours = exists().where(Reminder.appointment_id == appointment.id, Reminder.answered_at.is_not(None))
    return appointment.confirmed_at is not None or bool(await session.scalar(select(ours)))


async def _passed_on(session: AsyncSession, appointment: Appointment) -> bool:
    """Whether the service was told by the person that they want another date, or are not coming."""
    told = exists().where(
        Escalation.beneficiary_id == appointment.beneficiary_id,
        Escalation.reason.in_(SAYS_SO),
        Escalation.line.contains(in_words(appointment), autoescape=True),
    )
    return bool(await session.scalar(select(told)))


async def _threatened(session: AsyncSession, person: Beneficiary) -> bool:
    theirs = or_(Conversation.phone == person.phone, Conversation.beneficiary_id == person.id)
    told = exists().where(
        Turn.conversation_id == Conversation.id, Turn.intent == f"emergency_{Urgency.violence}", theirs
    )
    return bool(await session.scalar(select(told)))
