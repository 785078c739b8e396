"""What a worker sends of letters' last days: each reminder once, by day, and to whom it still may go."""

import logging
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.reminding.due import QUIET_DAYS
from api.beneficiaries.tables import Beneficiary
from api.conversations import service
from api.conversations.outbox import SENDER, queued
from api.conversations.sms_tables import SmsKind
from api.conversations.tables import Author, Conversation, Message, MessageStatus
from api.core.database import Database, notify
from api.core.quiet_hours import next_allowed
from api.desk import hearing
from api.letters.barring import to_take_back
from api.letters.due import BEFORE, due
from api.letters.keeping import take_back
from api.letters.tables import LetterDeadline, LetterReminder, LetterReminderKind
from api.privacy.audience import Channel
from api.texts.schemas import Saying
from api.texts.service import speak
from api.texts.voice import Voice, Voices

REMINDER = "letter_reminder"
AT_ONCE = 400
"""Reminders at one look, the soonest days first; the next look takes the others."""
HORIZON = timedelta(days=max(BEFORE.values()) + QUIET_DAYS + 1)
"""Of later days nothing can be due."""

log = logging.getLogger("hent.letters")


async def remind_of_letters(database: Database, voices: Voices, now: datetime, *, by_sms: bool) -> int:
    """Send what is due at `now`; how many went. `by_sms`: whether there is a way out for an SMS.

    One that fails leaves nothing behind, stops no other, and is taken up at the next look.
    """
    async with database.transaction() as session:
        await take_back(session, or_(LetterDeadline.over_at <= now, to_take_back()))
    if next_allowed(now) != now:
        return 0
    async with database.transaction() as session:
        waiting = await _waiting(session, now, by_sms=by_sms)
    sent = 0
    for deadline_id, kind in waiting:
        try:
            async with database.transaction() as session:
                sent += await send(session, voices, deadline_id, kind, now)
        except Exception as error:
            log.warning("not reminded of: %s", type(error).__name__)
    return sent


async def send(
    session: AsyncSession, voices: Voices, deadline_id: UUID, kind: LetterReminderKind, now: datetime
) -> bool:
    """Write it into its conversation, with the row that says so. False: not ours just now, or not to be sent."""
    known = await session.get(LetterDeadline, deadline_id)
    if known is None:
        return False
    payer = await _payer(session, known)
    talk_id = await _talk(session, known, payer)
    # Requests, then the conversation, then the deadline: the order of whoever acts on a request from the desk.
    requests = await hearing.hold(session, talk_id)
    talk = await session.scalar(
        select(Conversation)
        .where(Conversation.id == talk_id)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    if talk is None or not await _is_due(session, deadline_id, kind):
        return False
    service.fade(talk, now)
    message = await _write(session, talk, known.day, await voices.of(session, payer))
    session.add(LetterReminder(deadline_id=known.id, kind=kind, message_id=message.id))
    if talk.channel is Channel.sms:
        sms = queued(talk, message)
        # The conversation may have begun with another, before this number was in anybody's file.
        sms.kind, sms.authority_code = SmsKind.reminder, payer
        session.add(sms)
        await notify(session, "sms")
    await notify(session, f"out:{talk.id}")
    await hearing.overhear(session, requests)
    return True


async def _waiting(session: AsyncSession, now: datetime, *, by_sms: bool) -> list[tuple[UUID, LetterReminderKind]]:
    near = select(LetterDeadline).where(LetterDeadline.over_at <= now + HORIZON).order_by(LetterDeadline.over_at)
    rows = near if by_sms else near.where(LetterDeadline.phone.is_(None))
    kinds = {row.id: due(row.day, row.agreed_at, now) for row in await session.scalars(rows)}
    gone = select(LetterReminder.deadline_id, LetterReminder.kind).where(LetterReminder.deadline_id.in_(kinds))
    sent = {(row_id, kind) for row_id, kind in await session.execute(gone)}
    return [(row_id, kind) for row_id, kind in kinds.items() if kind and (row_id, kind) not in sent][:AT_ONCE]


async def _payer(session: AsyncSession, known: LetterDeadline) -> str:
    """The authority that says it: the person's, or else that of the conversation."""
    person = await session.get(Beneficiary, known.beneficiary_id) if known.beneficiary_id else None
    if person:
        return person.authority_code
    return (await session.get_one(Conversation, known.conversation_id)).authority_code


async def _talk(session: AsyncSession, known: LetterDeadline, payer: str) -> UUID:
    if known.phone is None:
        return known.conversation_id
    return (await service.by_number(session, known.phone, SENDER, payer)).id


async def _is_due(session: AsyncSession, deadline_id: UUID, kind: LetterReminderKind) -> bool:
    """Whether it still is to be sent; the deadline is locked, and nobody else can write it now."""
    stands = select(LetterDeadline.id).where(LetterDeadline.id == deadline_id, ~to_take_back())
    if await session.scalar(stands.with_for_update()) is None:
        return False
    gone = select(LetterReminder.id).where(LetterReminder.deadline_id == deadline_id, LetterReminder.kind == kind)
    return await session.scalar(gone) is None


async def _write(session: AsyncSession, talk: Conversation, day: date, voice: Voice) -> Message:
    spoken = speak([Saying(REMINDER, {"deadline": day})], talk.channel, voice)
    message = service.next_message(talk, Author.assistant, spoken.text, MessageStatus.sent)
    message.says = list(spoken.names)
    session.add(message)
    await session.flush()
    return message
