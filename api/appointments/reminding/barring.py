"""Why something that calls for a message gets none: who it is for, what was said already, and who else reminds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.asking import in_words
from api.appointments.reminding import due
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
    """Unless they asked to be reminded; of nothing else, as a hidden file cannot answer by SMS."""
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


@dataclass(frozen=True)
class Asked:
    """An occasion, and whom it is about."""

    occasion: Occasion
    person: Beneficiary


async def bars(session: AsyncSession, asked: Sequence[Asked], now: datetime) -> dict[Occasion, Why]:
    """Why nobody is written to on these occasions, all of one kind; those that are missing may go.

    Each rule is asked of all at once: for one alone, ten round trips were half of what a reminder cost (20 ms).
    """
    found: dict[Occasion, Why] = {}
    for rule in (_switched_off, _known_already, _has_another, _unreached):
        left = [one for one in asked if one.occasion not in found]
        found |= await rule(session, left, now) if left else {}
    return found


async def _switched_off(session: AsyncSession, asked: Sequence[Asked], _: datetime) -> dict[Occasion, Why]:
    rows = select(Authority.code, Authority.no_reminders)
    off = {code for code, kinds in await session.execute(rows) if asked[0].occasion.kind in kinds}
    return {one.occasion: Why.switched_off for one in asked if one.person.authority_code in off}


async def _has_another(session: AsyncSession, asked: Sequence[Asked], now: datetime) -> dict[Occasion, Why]:
    if asked[0].occasion.kind in due.BEFORE:
        return {}
    ahead = await any_ahead(session, [one.person.id for one in asked], now)
    return {one.occasion: Why.has_another for one in asked if one.person.id in ahead}


async def _unreached(session: AsyncSession, asked: Sequence[Asked], _: datetime) -> dict[Occasion, Why]:
    people = [one.person for one in asked]
    reminding = asked[0].occasion.kind in due.BEFORE
    barred_ones = await barred(session, [person.id for person in people], reminding=reminding)
    phones = [person.phone for person in people if person.phone]
    failed, threatened = await failing(session, phones), await _threatened(session, people)

    def why(person: Beneficiary) -> Why | None:
        if bar := barred_ones.get(person.id):
            return UNREACHED.get(bar, Why.silent)
        assert person.phone, "whoever has no number is barred"
        if read_phone(person.phone) != person.phone:
            return Why.no_mobile
        if person.phone in failed:
            return Why.failures
        return Why.threatened if {person.phone, person.id} & threatened else None

    found = {one.occasion: why(one.person) for one in asked}
    return {occasion: reason for occasion, reason in found.items() if reason}


async def _known_already(session: AsyncSession, asked: Sequence[Asked], _: datetime) -> dict[Occasion, Why]:
    ids = [one.occasion.appointment_id for one in asked if one.occasion.appointment_id]
    if not ids:
        return {}
    rows = {row.id: row for row in await session.scalars(select(Appointment).where(Appointment.id.in_(ids)))}
    told, answered = await _told(session, [one.person.id for one in asked]), await _answered(session, ids)
    found: dict[Occasion, Why] = {}
    for occasion in (one.occasion for one in asked):
        row = rows.get(occasion.appointment_id) if occasion.appointment_id else None
        if row is None:
            continue
        passed_on = any(in_words(row) in line for line in told.get(row.beneficiary_id, ()))
        if why := _known(occasion.kind, row, passed_on=passed_on, answered=row.id in answered):
            found[occasion] = why
    return found


def _known(kind: ReminderKind, appointment: Appointment, *, passed_on: bool, answered: bool) -> Why | None:
    if appointment.excuse or passed_on:
        return Why.already_answered
    if kind is ReminderKind.missed:
        # Of these the sources write nothing; and that somebody meant to come is no reason to leave them alone.
        return None
    # rdv-insertion reminds two days before at ten, RDV-Solidarités 48 hours before: what we may not change is theirs
    # (app/jobs of rdv-insertion, notifications of RDV-Solidarités).
    if not appointment.changeable:
        return Why.source_reminds
    moment = due.goes_at(kind, paris(appointment.starts_at).date())
    if moment and appointment.source_updated_at > moment:
        return Why.just_made
    return Why.already_answered if appointment.confirmed_at or answered else None


async def _answered(session: AsyncSession, appointment_ids: Sequence[UUID]) -> set[UUID | None]:
    ours = select(Reminder.appointment_id).where(Reminder.appointment_id.in_(appointment_ids))
    return set(await session.scalars(ours.where(Reminder.answered_at.is_not(None))))


async def _told(session: AsyncSession, people: Sequence[UUID]) -> dict[UUID | None, list[str]]:
    """What the service was told by these people of dates that they want changed, or are not coming to."""
    rows = select(Escalation.beneficiary_id, Escalation.line).where(Escalation.beneficiary_id.in_(people))
    said: dict[UUID | None, list[str]] = {}
    for person_id, line in await session.execute(rows.where(Escalation.reason.in_(SAYS_SO))):
        said.setdefault(person_id, []).append(line)
    return said


async def _threatened(session: AsyncSession, people: Sequence[Beneficiary]) -> set[str | UUID | None]:
    """Numbers from which violence was told, and people who told it, wherever that was."""
    phones, ids = [person.phone for person in people if person.phone], [person.id for person in people]
    theirs = or_(Conversation.phone.in_(phones), Conversation.beneficiary_id.in_(ids))
    told = select(Conversation.phone, Conversation.beneficiary_id).where(theirs)
    violence = exists().where(Turn.conversation_id == Conversation.id, Turn.intent == f"emergency_{Urgency.violence}")
    return {one for row in await session.execute(told.where(violence)) for one in row if one}
