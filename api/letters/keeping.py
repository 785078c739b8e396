"""Reminders of a letter's last day, asked for and taken back."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.sms_tables import OutgoingSms, SmsStatus
from api.conversations.tables import Conversation, Message
from api.letters.tables import LetterDeadline, LetterReminder, end_of


@dataclass(frozen=True)
class Where:
    """Where reminders go: to a telephone, or on the page of the conversation."""

    conversation_id: UUID
    person_id: UUID | None
    phone: str | None
    """E.164."""


async def keep(session: AsyncSession, where: Where, day: date, now: datetime) -> None:
    """Remind of this day; asked for again, of what is still to come."""
    row = insert(LetterDeadline).values(
        conversation_id=where.conversation_id,
        beneficiary_id=where.person_id,
        phone=where.phone,
        over_at=end_of(day),
        agreed_at=now,
    )
    again = {"beneficiary_id": row.excluded.beneficiary_id, "phone": row.excluded.phone}
    await session.execute(
        row.on_conflict_do_update(constraint="uq_letter_deadlines_conversation_id_over_at", set_=again)
    )


async def stop(session: AsyncSession, conversation: Conversation) -> None:
    """Whoever speaks here wants no reminder of any letter: nothing is left of those that they asked for."""
    mine = [LetterDeadline.conversation_id == conversation.id]
    if conversation.phone:
        mine.append(LetterDeadline.phone == conversation.phone)
    if conversation.beneficiary_id:
        mine.append(LetterDeadline.beneficiary_id == conversation.beneficiary_id)
    await take_back(session, or_(*mine))


async def take_back(session: AsyncSession, which: ColumnElement[bool]) -> int:
    """Delete these deadlines, and what has not left of their reminders; how many. What is being sent is left alone."""
    # Locked first: whoever is writing a reminder has written it then, and whoever comes later finds no deadline.
    ids = list(await session.scalars(select(LetterDeadline.id).where(which).with_for_update()))
    waiting = (
        select(OutgoingSms.message_id)
        .join(LetterReminder, LetterReminder.message_id == OutgoingSms.message_id)
        .where(LetterReminder.deadline_id.in_(ids), OutgoingSms.status == SmsStatus.queued)
        .with_for_update(of=OutgoingSms, skip_locked=True)
    )
    unsent = list(await session.scalars(waiting)) if ids else []
    await session.execute(delete(Message).where(Message.id.in_(unsent)))
    await session.execute(delete(LetterDeadline).where(LetterDeadline.id.in_(ids)))
    return len(ids)
