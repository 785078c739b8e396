"""How far the person has read, as their browser says: what a caseworker is shown, and what an SMS waits for."""

from sqlalchemy import exists, func, update
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
    answered = exists().where(
        Message.conversation_id == conversation.id,
        Message.author == Author.caseworker,
        Message.seq.between(before + 1, seq),
    )
    # A caseworker's answer is among what was shown now; in one statement, since every page asks it at every turn.
    if await session.scalar(rises.values(read_seq=shown).returning(answered)):
        await hearing.seen(session, conversation.id)
