"""How many messages of one conversation may wait: past that the web is refused, and SMS wait at the door."""

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.tables import Conversation, Message, MessageStatus
from api.core.errors import TooMany

WAITING_AT_MOST = 40
"""Unanswered messages of one conversation; nobody types that many in the two seconds that they would take."""


async def refuse_flood(session: AsyncSession, conversation: Conversation) -> None:
    """Under the conversation's lock. Raises TooMany when no more may wait: the browser keeps it and tries again."""
    waiting = select(func.count()).where(Message.conversation_id == conversation.id, *_unanswered(conversation))
    if (await session.scalar(waiting) or 0) >= WAITING_AT_MOST:
        raise TooMany


def full_numbers() -> Select[str | None]:
    """Numbers whose conversation holds all that may wait.

    An SMS cannot be refused, since nobody would send it again. It stays where it was stored until there is room.
    """
    waiting = select(Conversation.phone).join(Message, Message.conversation_id == Conversation.id)
    theirs = waiting.where(
        Conversation.phone.is_not(None), Conversation.waiting_since.is_not(None), *_unanswered(Conversation)
    )
    return theirs.group_by(Conversation.id).having(func.count() >= WAITING_AT_MOST)


def _unanswered(conversation: Conversation | type[Conversation]) -> tuple[ColumnElement[bool], ...]:
    return Message.status == MessageStatus.received, Message.seq > conversation.answered_seq
