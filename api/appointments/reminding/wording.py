"""What is said on each occasion: names and facts of `data/texts/reminders.yml`, one question each."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments import sayings, slots
from api.appointments.asking import facts
from api.appointments.moving import offered
from api.appointments.outlook import Visit
from api.appointments.reminding.barring import Asked
from api.appointments.reminding.occasions import Occasion
from api.appointments.reminding.rationing import LEAD
from api.appointments.service import visits_of
from api.appointments.tables import Appointment, ReminderKind
from api.authorities.tables import Organisation
from api.beneficiaries.tables import Beneficiary
from api.pathways.service import categories_of
from api.privacy.audience import Audience, Channel, Level
from api.texts.gsm import segments
from api.texts.schemas import Saying
from api.texts.service import Spoken, judge, speak
from api.texts.voice import Voice

INTENT = "confirm_appointment"
"""Of the table of what may be said: a reminder tells what whoever confirms an appointment by SMS is told."""
HEARD_BY = Audience(Channel.sms, Level.number)
DISCREET = "reminder_discreet"
PARTS = {
    ReminderKind.three_days: ("reminder_three_days", "appointment_at_office", "reminder_reply"),
    ReminderKind.one_day: ("reminder_one_day", "appointment_at_office", "reminder_reply"),
    ReminderKind.missed: ("reminder_missed", "reminder_slots"),
    ReminderKind.never_convoked: ("reminder_never_convoked", "reminder_slots"),
    ReminderKind.contract_ends: ("reminder_contract_ends", "reminder_slots"),
}
"""Texts of each kind, as they are previewed."""


async def of_visits(session: AsyncSession, asks: Mapping[UUID, Asked]) -> dict[UUID, list[Saying]]:
    """The messages before these appointments, by the ids of their questions."""
    ids = {ask: one.occasion.appointment_id for ask, one in asks.items() if one.occasion.appointment_id}
    visits = await visits_of(session, list(ids.values()))
    return {ask: _of_visit(ask, asks[ask], visits[visit]) for ask, visit in ids.items()}


def _of_visit(ask: UUID, asked: Asked, visit: Visit) -> list[Saying]:
    occasion = asked.occasion
    if asked.person.confidential:
        # What they asked for, and no more: neither who writes, nor where, nor a question that only a stranger answers.
        return [Saying(DISCREET, {"starts_at": visit.starts_at})]
    known = {"id": str(occasion.appointment_id), "starts_at": visit.starts_at, "phone": visit.phone}
    # The way there would take a third message; whoever asks for it is told.
    place = sayings.where(visit)[0]
    return [Saying(f"reminder_{occasion.kind}", known), place, Saying("reminder_reply", known | {"ask": str(ask)})]


async def of_hours(
    session: AsyncSession, occasion: Occasion, person: Beneficiary, reminder_id: UUID, now: datetime
) -> list[Saying]:
    """The message that offers hours; empty when none is free."""
    first = Saying(f"reminder_{occasion.kind}", await _known(session, occasion))
    found = await slots.free(session, person, await _categories(session, occasion, person, now), now, lead=LEAD)
    if not found:
        # A missed appointment is not left without a word; the others would be a promise of nothing.
        missed = occasion.kind is ReminderKind.missed
        return [first, Saying("reminder_call", first.facts | {"ask": str(reminder_id)})] if missed else []
    return [first, Saying("reminder_slots", offered(found) | {"ask": str(reminder_id)} | await _phone(session, person))]


def spoken(said: list[Saying], voice: Voice) -> Spoken:
    """The message in French, of what may be heard by whoever holds a telephone; in one SMS, if the address is enough.

    Most reminders are: an authority pays each of them twice once the name of the place is a few letters too long.
    """
    heard = judge(INTENT, said, HEARD_BY, voice)[1]
    whole = speak(heard, Channel.sms, voice)
    if segments(whole.text) == 1:
        return whole
    shorter = speak([_without_name(one) for one in heard], Channel.sms, voice)
    return shorter if segments(shorter.text) < segments(whole.text) else whole


def _without_name(one: Saying) -> Saying:
    return Saying(one.name, {name: fact for name, fact in one.facts.items() if name != "place_name"})


async def _known(session: AsyncSession, occasion: Occasion) -> dict[str, Any]:
    if occasion.appointment_id is None:
        return {}
    return await facts(session, await session.get_one(Appointment, occasion.appointment_id))


async def _categories(session: AsyncSession, occasion: Occasion, person: Beneficiary, now: datetime) -> tuple[str, ...]:
    """The kinds of appointment to offer: the one that was missed, then those that the pathway calls for."""
    called_for = await categories_of(session, person.id, now)
    if occasion.appointment_id is None:
        return called_for
    return ((await session.get_one(Appointment, occasion.appointment_id)).category, *called_for)


async def _phone(session: AsyncSession, person: Beneficiary) -> dict[str, Any]:
    team = await session.get(Organisation, person.organisation_id) if person.organisation_id else None
    return {"phone": team.phone if team else None}
