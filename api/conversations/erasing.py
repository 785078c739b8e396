"""A conversation erased at the wish of whoever has it: when the answer that says so is stored, all the rest goes."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.learning.keeping import forget
from api.conversations.tables import Author, Conversation, Message, MessageStatus, ReturnLink
from api.core.columns import Base
from api.escalations.events import closed
from api.escalations.tables import Escalation
from api.privacy.erasure import erase_conversation

ERASED = "conversation_erased"
"""The text that tells it. An action names it once the person has confirmed; to say it is to do it."""


async def erase_if_said(session: AsyncSession, conversation: Conversation, asked: Message, turn_id: UUID) -> None:
    """Do what this turn's answer tells, in the transaction that stores it and after everything else.

    `asked`: the message that the turn answered. What arrived meanwhile still waits, and stays. So do escalations: they
    are requests to the service. Rasa begins anew with the next message: nothing of its memory is left.
    """
    mine = select(Message).where(Message.turn_id == turn_id, Message.author == Author.assistant)
    answer = (await session.scalars(mine)).one()
    if ERASED not in answer.says:
        return
    waiting = select(Message.id).where(
        Message.conversation_id == conversation.id,
        Message.author == Author.person,
        Message.seq > asked.seq,
        Message.status == MessageStatus.received,
    )
    # Whoever reads by the link of an SMS goes on reading by it.
    used = select(ReturnLink.id).where(ReturnLink.conversation_id == conversation.id, ReturnLink.used_at.is_not(None))
    keep = [answer.id, *await session.scalars(waiting), *await session.scalars(used)]
    await session.flush()
    await erase_conversation(session, Base.metadata, conversation.id, keep)
    await forget(session, conversation.id)
    # A browser that did not hear that its message arrived sends it again: that must not be a new "oui" to nothing.
    answer.reference = asked.reference
    conversation.rasa_cursor = conversation.rasa_turns = 0
    conversation.again_id = conversation.nudge_phone = conversation.commune_insee = None


async def has_open_requests(session: AsyncSession, conversation_id: UUID) -> bool:
    """Whether something that was asked for here still waits for a human."""
    rows = list(await session.scalars(select(Escalation.id).where(Escalation.conversation_id == conversation_id)))
    return bool(set(rows) - await closed(session, rows))
