"""A conversation erased at the wish of the person who has it: when the answer that says so is stored, all else goes."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.tables import Author, Conversation, Message, MessageStatus
from api.privacy.erasure import erase_conversation

ERASED = "conversation_erased"
"""The text that tells the person. An action names it once they have confirmed; saying it is what erases."""


async def erase_if_said(session: AsyncSession, conversation: Conversation, asked: Message, turn_id: UUID) -> None:
    """Carry out what this turn's answer tells, in the transaction that stores it, after everything else.

    `asked`: the message that the turn answered. What arrived while it was being answered still waits, and stays. So do
    escalations: they are requests to the service. Rasa's memory goes whole, and begins anew with the next message.
    """
    mine = select(Message).where(Message.turn_id == turn_id, Message.author == Author.assistant)
    answer = (await session.scalars(mine)).one()
    if ERASED not in answer.says:
        return
    await session.flush()
    waiting = select(Message.id).where(
        Message.conversation_id == conversation.id,
        Message.seq > asked.seq,
        Message.author == Author.person,
        Message.status == MessageStatus.received,
    )
    reference = asked.reference
    await erase_conversation(session, conversation.id, keep=[answer.id, *await session.scalars(waiting)])
    # The browser may not have heard that its message arrived, and send it again: it would be a new "oui" to nothing.
    answer.reference = reference
    conversation.rasa_cursor = conversation.rasa_turns = 0
