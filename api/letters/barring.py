"""To whom no reminder of a letter goes: whoever else reads that telephone or that page must see nothing of it."""

from uuid import UUID

from sqlalchemy import ColumnElement, SQLColumnExpression, String, Uuid, and_, exists, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Beneficiary
from api.conversations.sms_tables import SilentNumber
from api.conversations.tables import Conversation, Turn
from api.conversations.urgent import Urgency
from api.letters.tables import LetterDeadline


async def is_barred(session: AsyncSession, talk_id: UUID, person_id: UUID | None, phone: str | None) -> bool:
    """Whether reminders that were agreed to here, now, would be taken back at once."""
    here = _barred(literal(talk_id, Uuid), literal(person_id, Uuid), literal(phone, String))
    return bool(await session.scalar(select(here)))


def to_take_back() -> ColumnElement[bool]:
    """Deadlines of which nobody is to be reminded any more."""
    return _barred(LetterDeadline.conversation_id, LetterDeadline.beneficiary_id, LetterDeadline.phone)


def _barred(
    talk_id: SQLColumnExpression[UUID],
    person_id: SQLColumnExpression[UUID | None],
    phone: SQLColumnExpression[str | None],
) -> ColumnElement[bool]:
    silent = exists().where(SilentNumber.phone == phone)
    theirs = or_(Beneficiary.id == person_id, Beneficiary.phone == phone)
    hidden = exists().where(theirs, Beneficiary.confidential)
    moved = exists().where(Beneficiary.id == person_id, Beneficiary.phone.is_distinct_from(phone))
    told = or_(Conversation.id == talk_id, Conversation.beneficiary_id == person_id, Conversation.phone == phone)
    violence = Turn.intent == f"emergency_{Urgency.violence}"
    threatened = exists().where(Turn.conversation_id == Conversation.id, told, violence)
    return or_(silent, hidden, and_(phone.is_not(None), moved), threatened)
