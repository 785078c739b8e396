"""What somebody answers to a question that we sent, without Rasa: they come, they do not, this hour, or a call."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments import changes
from api.appointments.asking import Wish, facts, in_words, none_ahead, tell_service
from api.appointments.booking import book
from api.appointments.moving import move
from api.appointments.reminding.open_asks import is_over, settle, several
from api.appointments.tables import Appointment, Reminder, ReminderKind, Status
from api.beneficiaries.tables import Beneficiary
from api.conversations.opening import speaker
from api.conversations.tables import Conversation
from api.escalations.service import Asked
from api.escalations.tables import Reason
from api.pathways.service import categories_of
from api.privacy.audience import Channel
from api.texts.schemas import Saying

NOT_HERE = "cannot_say_here"
"""The same words for a number that is shared by now, somebody else's, or of a file that became confidential."""
YES, NO, CALL, SLOT = "yes", "no", "call", "slot:"
BOOKED = "book_done"
AS_QUESTIONS = {"move_slots": "reminder_move", "book_slots": "reminder_slots"}
"""Offers of hours that Rasa would be asked about, and the same as questions of ours."""


@dataclass(frozen=True)
class Answered:
    """An answer, to which question, and about which appointment; None: the question is of a pathway."""

    session: AsyncSession
    reminder: Reminder
    appointment: Appointment | None
    wish: Wish
    says: str
    named: bool
    """Whether the person said which question they mean."""

    @property
    def of_a_visit_ahead(self) -> bool:
        """Whether it was asked before an appointment, and not after one or for another."""
        return self.reminder.kind in (ReminderKind.three_days, ReminderKind.one_day)


async def answer(
    session: AsyncSession, conversation: Conversation, payload: dict[str, Any], now: datetime
) -> list[Saying] | None:
    """What to say to {"ask": a reminder's id, "answer": yes, no, call or slot:<id>}; None when it answers none.

    Under the conversation's lock. "named" says that the person chose among several questions.
    """
    asked = await _asked(session, payload)
    if asked is None:
        return None
    person = await speaker(session, conversation)
    if person is None or person.id != asked.beneficiary_id:
        return [Saying(NOT_HERE)]
    found = await _read(session, asked, person, conversation, payload, now)
    if is_over(asked, found.appointment, now):
        return [Saying("reminder_over")]
    if found.says in (YES, NO) and not found.named:
        asks = await several(session, asked, now)
        if asks:
            return [Saying("reminder_which", {"answer": found.says, "asks": asks})]
    if found.says == CALL:
        return await _call(found)
    if found.says.startswith(SLOT):
        return await _hour(found)
    return await (_yes(found) if found.says == YES else _no(found))


async def _yes(found: Answered) -> list[Saying]:
    """They come. To a question that is settled it changes nothing, and says so."""
    appointment = found.appointment
    if appointment is None or found.reminder.answered_at or appointment.confirmed_at or not _stands(appointment):
        return await _late(found)
    await settle(found.session, found.reminder, YES, found.wish.now)
    changes.confirm(appointment, found.wish.now)
    return [Saying("confirm_done", await facts(found.session, appointment))]


async def _no(found: Answered) -> list[Saying]:
    """They do not come, even if they said before that they would; or none of the hours is wanted."""
    session, appointment = found.session, found.appointment
    if not found.of_a_visit_ahead or appointment is None:
        await settle(session, found.reminder, NO, found.wish.now)
        return [Saying("reminder_declined")]
    if not _stands(appointment):
        return await _late(found)
    await settle(session, found.reminder, NO, found.wish.now)
    told = f"Dit ne pas pouvoir venir : {in_words(appointment)}"
    await tell_service(session, found.wish, Reason.appointment_declined, told)
    return _as_questions(found, await move(session, found.wish))


async def _hour(found: Answered) -> list[Saying]:
    """One of the hours that were offered: instead of the appointment, or as another."""
    session, wish = found.session, found.wish
    if found.of_a_visit_ahead:
        said = await move(session, wish)
    else:
        said = await book(session, wish, await categories_of(session, wish.person.id, wish.now))
        if said[0].name == BOOKED:
            await settle(session, found.reminder, YES, wish.now)
    return _as_questions(found, said)


async def _call(found: Answered) -> list[Saying]:
    about = f" : {in_words(found.appointment)}" if found.appointment else ""
    promise = await tell_service(found.session, found.wish, Reason.callback, f"Veut être appelé{about}")
    return [Saying("reminder_called", promise.facts)]


async def _late(found: Answered) -> list[Saying]:
    """What stands is said, so that nobody is left to guess it."""
    return [Saying("reminder_late"), *await none_ahead(found.session, found.wish)]


def _stands(appointment: Appointment) -> bool:
    return appointment.status is Status.unknown


def _as_questions(found: Answered, said: list[Saying]) -> list[Saying]:
    ask = {"ask": str(found.reminder.id)}
    return [Saying(AS_QUESTIONS.get(one.name, one.name), one.facts | ask) for one in said]


async def _asked(session: AsyncSession, payload: dict[str, Any]) -> Reminder | None:
    try:
        return await session.get(Reminder, UUID(payload["ask"]), with_for_update=True)
    except (KeyError, ValueError):
        return None


async def _read(
    session: AsyncSession,
    asked: Reminder,
    person: Beneficiary,
    conversation: Conversation,
    payload: dict[str, Any],
    now: datetime,
) -> Answered:
    says = str(payload.get("answer", ""))
    slot = UUID(says.removeprefix(SLOT)) if says.startswith(SLOT) else None
    mine = asked.appointment_id and await changes.of_person(session, person.id, asked.appointment_id)
    line = "Répond à un SMS de Hent"
    who = Asked(Reason.asked, line, person.authority_code, Channel.sms, conversation.id, person, conversation.phone)
    moved = mine.id if mine and asked.kind in (ReminderKind.three_days, ReminderKind.one_day) else None
    wish = Wish(person, who, now, appointment=moved, slot=slot)
    return Answered(session, asked, mine or None, wish, says, bool(payload.get("named")))
