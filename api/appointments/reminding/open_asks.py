"""Questions of ours that wait for an answer, and when each of them ends."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.reminding.due import BEFORE
from api.appointments.tables import Appointment, Reminder, Status
from api.conversations.sms_tables import OutgoingSms
from api.conversations.tables import Message

OPEN_FOR = timedelta(days=14)
"""For a question that no appointment ends: the hours that it offered are gone by then."""


def is_over(reminder: Reminder, appointment: Appointment | None, now: datetime) -> bool:
    """Whether an answer comes after the end of its question."""
    if reminder.kind in BEFORE:
        return appointment is None or appointment.starts_at <= now
    return reminder.decided_at + OPEN_FOR <= now


async def open_asks(session: AsyncSession, reminder: Reminder, now: datetime) -> list[tuple[Reminder, Appointment]]:
    """What this person was asked about appointments to come and has not answered: one each, soonest first."""
    sent = (
        select(Reminder, Appointment)
        .join(Appointment, Appointment.id == Reminder.appointment_id)
        .where(Reminder.beneficiary_id == reminder.beneficiary_id, Reminder.kind.in_(BEFORE))
        .where(Reminder.why.is_(None), Reminder.answered_at.is_(None))
        .where(Appointment.starts_at > now, Appointment.status == Status.unknown, Appointment.confirmed_at.is_(None))
        .order_by(Appointment.starts_at, Reminder.decided_at)
    )
    return list({row.id: (ask, row) for ask, row in await session.execute(sent)}.values())


async def several(session: AsyncSession, reminder: Reminder, now: datetime) -> list[dict[str, object]]:
    """The questions that a bare yes or no may answer, as facts; empty when it can only be this one."""
    asks = await open_asks(session, reminder, now)
    return [{"ask": str(ask.id), "starts_at": row.starts_at} for ask, row in asks] if len(asks) > 1 else []


async def asked_here(session: AsyncSession, conversation_id: UUID, since: datetime) -> UUID | None:
    """The message of the last reminder of this conversation that nobody answered, if it was sent after `since`."""
    sent = (
        select(Message.id)
        .join(OutgoingSms, OutgoingSms.message_id == Message.id)
        .join(Reminder, Reminder.sms_id == OutgoingSms.id)
        .where(Message.conversation_id == conversation_id, Message.created_at > since)
        .where(Reminder.answered_at.is_(None))
        .order_by(Message.seq.desc())
        .limit(1)
    )
    return await session.scalar(sent)


async def settle(session: AsyncSession, reminder: Reminder, says: str, now: datetime) -> None:
    """It is answered, and with it whatever else was asked about the same appointment."""
    reminder.answer, reminder.answered_at = says, now
    same = update(Reminder).where(Reminder.appointment_id == reminder.appointment_id, Reminder.kind.in_(BEFORE))
    if reminder.kind in BEFORE:
        await session.execute(same.where(Reminder.answered_at.is_(None)).values(answer=says, answered_at=now))
