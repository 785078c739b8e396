"""Reminders that have not left and are of no use any more: a provider was away, and the appointment was cancelled."""

from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.reminding.barring import Why
from api.appointments.reminding.due import BEFORE
from api.appointments.reminding.occasions import subject
from api.appointments.tables import Appointment, Reminder, Status
from api.conversations.sms_tables import OutgoingSms, SmsStatus
from api.conversations.tables import Message


async def withdraw(session: AsyncSession, now: datetime) -> int:
    """Take them out of the outbox, and out of the conversation that nobody read them in; how many.

    What is being sent at this instant is left alone.
    """
    changed = or_(
        Appointment.status != Status.unknown,
        Appointment.confirmed_at.is_not(None),
        Appointment.starts_at <= now,
        Reminder.subject != subject(),
    )
    waiting = (
        select(Reminder, OutgoingSms.message_id)
        .join(OutgoingSms, OutgoingSms.id == Reminder.sms_id)
        .join(Appointment, Appointment.id == Reminder.appointment_id)
        .where(Reminder.kind.in_(BEFORE), OutgoingSms.status == SmsStatus.queued, changed)
        .with_for_update(of=OutgoingSms, skip_locked=True)
    )
    found = (await session.execute(waiting)).all()
    for reminder, message_id in found:
        reminder.why, reminder.sms_id = Why.withdrawn, None
        await session.flush()
        await session.execute(delete(Message).where(Message.id == message_id))
    return len(found)
