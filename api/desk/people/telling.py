"""A person hears of what the desk did to an appointment: where it may be said when, or else that there is news."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, true
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.asking import facts
from api.appointments.sayings import where
from api.appointments.service import visit_of
from api.appointments.tables import Appointment
from api.beneficiaries.tables import Beneficiary
from api.caseworkers.accounts import Account
from api.conversations import speaking
from api.conversations.opening import audience_of, speaker
from api.conversations.outbox import SENDER
from api.conversations.service import by_number, fade
from api.conversations.service import locked as locked_conversation
from api.conversations.tables import Author, Conversation
from api.core.database import notify
from api.core.quiet_hours import next_allowed
from api.desk import items
from api.desk.people.numbers import UNREACHABLE, barred
from api.desk.scope import locked
from api.escalations.events import add_event
from api.escalations.service import tell
from api.escalations.tables import Escalation, Event
from api.privacy.audience import Audience, Channel, Level
from api.privacy.disclosure import permitted
from api.texts.schemas import Saying
from api.texts.service import judge, speak
from api.texts.voice import read_voice

INTENT = "ask_next_appointment"
"""Whoever may hear the answer to this may hear that an appointment was made, moved or cancelled."""
NEWS = "visit_news"


@dataclass(frozen=True)
class Change:
    """What was done: the text that says so, for the person, and the line that says so in the thread."""

    text: str
    appointment: Appointment
    line: str
    reference: str
    """Of the event in the thread: the same change is told once."""
    before: datetime | None = None


async def tell_person(session: AsyncSession, who: Account, person: Beneficiary, change: Change, now: datetime) -> None:
    """Tell the person, and the thread of their open request, if there is one."""
    row = await _request(session, who, person)
    if row:
        said = {"text": change.line, "author_id": who.id, "reference": change.reference, "created_at": now}
        await add_event(session, row.id, Event.appointment, **said)
    conversation = await _conversation(session, person, row, now)
    if conversation:
        await _say(session, conversation, person, change, now)
    if row:
        await tell(session, row, who.id)


async def _request(session: AsyncSession, who: Account, person: Beneficiary) -> Escalation | None:
    """The open request that is talked about most: one's own first, then one with a conversation, then the newest."""
    last = items.turned()
    mine = (
        select(Escalation.id)
        .join(last, true())
        .where(Escalation.beneficiary_id == person.id, Escalation.organisation_id == who.organisation_id)
        .where(last.c.event != Event.closed)
        .order_by(
            Escalation.owner_id.is_not_distinct_from(who.id).desc(),
            Escalation.conversation_id.is_not(None).desc(),
            Escalation.created_at.desc(),
        )
    )
    found = await session.scalar(mine.limit(1))
    return await locked(session, found) if found else None


async def _conversation(
    session: AsyncSession, person: Beneficiary, row: Escalation | None, now: datetime
) -> Conversation | None:
    """Where the person hears of it, locked; None: nowhere, and somebody has to call.

    In the conversation of their request, unless it may not hear when while an SMS to their own number may.
    """
    bar = (await barred(session, [person.id])).get(person.id)
    asked = await locked_conversation(session, row.conversation_id) if row and row.conversation_id else None
    if asked and asked.channel is Channel.sms and bar in UNREACHABLE:
        asked = None
    if asked and permitted(INTENT, await _audience(session, asked, person, now)):
        return asked
    if bar or person.phone is None:
        return asked
    begun = await by_number(session, person.phone, SENDER, person.authority_code)
    return await locked_conversation(session, begun.id)


async def _audience(session: AsyncSession, conversation: Conversation, person: Beneficiary, now: datetime) -> Audience:
    """What this conversation has earned of this person's file: nothing, once it speaks with somebody else."""
    fade(conversation, now)
    heard = await speaker(session, conversation)
    if heard is None or heard.id != person.id:
        return Audience(conversation.channel, Level.nobody, person.confidential)
    return audience_of(conversation, heard)


async def _say(
    session: AsyncSession, conversation: Conversation, person: Beneficiary, change: Change, now: datetime
) -> None:
    voice = await read_voice(session, conversation.authority_code)
    audience = await _audience(session, conversation, person, now)
    _, heard = judge(INTENT, await _sayings(session, change), audience, voice)
    spoken = speak(heard or [Saying(NEWS)], conversation.channel, voice)
    await speaking.say(session, conversation, Author.system, spoken, not_before=next_allowed(now))
    await notify(session, f"out:{conversation.id}")


async def _sayings(session: AsyncSession, change: Change) -> list[Saying]:
    known = await facts(session, change.appointment)
    if change.before:
        known["before"] = change.before
    told = [Saying(change.text, known)]
    if change.text == "visit_cancelled":
        return told
    return told + where(await visit_of(session, change.appointment.id))
