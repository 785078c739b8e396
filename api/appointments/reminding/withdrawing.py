"""Reminders that have not left and must not any more: the appointment was cancelled, the file became confidential."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.reminding.barring import Why
from api.appointments.reminding.due import BEFORE
from api.appointments.reminding.occasions import subject
from api.appointments.tables import Appointment, Reminder, Status
from api.beneficiaries.tables import Beneficiary
from api.conversations.sms_tables import OutgoingSms, SmsStatus
from api.conversations.tables import Message


async def withdraw(session: AsyncSession, now: datetime, person_id: UUID | None = None) -> int:
    """Take them out of the outbox, and out of the conversation that nobody read them in; how many.

    Of everybody, or of one person. What is being sent at this instant is left alone.
    """
    waiting = (
        select(Reminder, OutgoingSms.message_id)
        .join(OutgoingSms, OutgoingSms.id == Reminder.sms_id)
        .join(Beneficiary, Beneficiary.id == Reminder.beneficiary_id)
        .outerjoin(Appointment, Appointment.id == Reminder.appointment_id)
        .where(OutgoingSms.status == SmsStatus.queued, or_(_useless(now), _hidden()))
        .with_for_update(of=OutgoingSms, skip_locked=True)
    )
    mine = waiting.where(Reminder.beneficiary_id == person_id) if person_id else waiting
    found = (await session.execute(mine)).all()
    for reminder, message_id in found:
        reminder.why, reminder.sms_id = Why.withdrawn, None
        await session.flush()
        await session.execute(delete(Message).where(Message.id == message_id))
    return len(found)


def _hidden() -> ColumnElement[bool]:
    unasked = or_(Reminder.kind.not_in(BEFORE), ~Beneficiary.wants_reminders)
    return and_(Beneficiary.confidential, unasked)


def _useless(now: datetime) -> ColumnElement[bool]:
    changed = or_(
        Appointment.status != Status.unknown,
        Appointment.confirmed_at.is_not(None),
        Appointment.starts_at <= now,
        Reminder.subject != subject(),
    )
    return and_(Reminder.kind.in_(BEFORE), changed)
