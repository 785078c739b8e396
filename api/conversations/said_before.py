"""What the person had said before the message in hand: a "oui" or a button says nothing of what it is about."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.tables import Message, Turn, TurnKind


async def said_before(
    session: AsyncSession, turn_id: UUID, *, about: Collection[str] = (), unless: Collection[str] = ()
) -> str | None:
    """The last text that the person wrote before this turn's, pressed buttons left out, as it is kept.

    `about`: only what was understood as one of these intents; `unless`: none of these.
    """
    here = select(Message.conversation_id, Message.seq).join(Turn, Turn.message_id == Message.id)
    conversation_id, seq = (await session.execute(here.where(Turn.id == turn_id))).one()
    earlier = (
        select(Message.text)
        .join(Turn, Turn.message_id == Message.id)
        .where(Message.conversation_id == conversation_id, Message.seq < seq, Message.payload.is_(None))
        .where(Turn.kind == TurnKind.first, Turn.intent.is_not(None), Turn.intent.not_in(unless))
        .order_by(Message.seq.desc())
        .limit(1)
    )
    return await session.scalar(earlier.where(Turn.intent.in_(about)) if about else earlier)
