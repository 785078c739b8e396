"""Not understood twice in a row: the second time, somebody of the service is offered rather than the same words."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.tables import Author, Conversation, Message
from api.texts.schemas import Saying

ONCE, TWICE = "not_understood", "not_understood_twice"


async def once_more(session: AsyncSession, conversation: Conversation, sayings: Sequence[Saying]) -> list[Saying]:
    """What is to be said, or the offer where it is what was said last: counted in our rows, whatever Rasa remembers."""
    if [saying.name for saying in sayings] != [ONCE]:
        return list(sayings)
    said = select(Message.says).where(Message.conversation_id == conversation.id, Message.author != Author.person)
    before = await session.scalar(said.order_by(Message.seq.desc()).limit(1)) or []
    return [Saying(TWICE)] if {ONCE, TWICE} & set(before) else list(sayings)
