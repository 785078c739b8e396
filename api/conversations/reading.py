"""How far the person has read, as their browser says: what a caseworker is shown, and what an SMS waits for."""

from sqlalchemy import exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.tables import Author, Conversation, Message
from api.desk import hearing


async def mark_read(session: AsyncSession, conversation: Conversation, seq: int) -> None:
    """Everything up to `seq` was shown to the person. Never goes back; `conversation` as it was found."""
    before = conversation.read_seq
    if seq <= before:
        return
    shown = func.least(seq, Conversation.last_seq)
    rises = update(Conversation).where(Conversation.id == conversation.id, Conversation.read_seq < shown)
    reached = await session.scalar(rises.values(read_seq=shown).returning(Conversation.read_seq))
    if reached and await _answered(session, conversation, before, reached):
        await hearing.seen(session, conversation.id)


async def _answered(session: AsyncSession, conversation: Conversation, before: int, reached: int) -> bool:
    """Whether a caseworker's answer is among what was shown now."""
    answers = exists().where(
        Message.conversation_id == conversation.id,
        Message.author == Author.caseworker,
        Message.seq.between(before + 1, reached),
    )
    return bool(await session.scalar(select(answers)))
