"""Who works on which conversation: one turn in flight each, however many workers there are."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.tables import Conversation

LASTS = timedelta(seconds=15)
"""Longer than the longest turn (two asks of 5 s), short enough that a dead worker's people wait little."""


class LeaseLost(Exception):
    """Somebody else took the conversation over: what this worker found out must not be written."""


async def claim(session: AsyncSession, at_most: int) -> list[tuple[UUID, UUID]]:
    """Take conversations that wait and that nobody holds, the oldest: [(conversation id, lease)].

    By SMS, what came just now may not be all: `waiting_since` is then still to come. Both by the clock of PostgreSQL,
    the only one that whoever writes and whoever answers share.
    """
    free = or_(Conversation.leased_until.is_(None), Conversation.leased_until < func.now())
    waiting = (
        select(Conversation.id)
        .where(Conversation.waiting_since <= func.now(), free)
        .order_by(Conversation.waiting_since)
        .limit(at_most)
        .with_for_update(skip_locked=True)
        # As a CTE: PostgreSQL runs one that locks rows exactly once, where a sub-query may be run again for each row.
        .cte("waiting")
    )
    mine = update(Conversation).where(Conversation.id == waiting.c.id)
    leased = mine.values(lease=func.gen_random_uuid(), leased_until=func.now() + LASTS)
    given = leased.returning(Conversation.id, Conversation.lease).execution_options(synchronize_session=False)
    return [(conversation_id, lease) for conversation_id, lease in await session.execute(given) if lease]


async def held(session: AsyncSession, conversation_id: UUID, lease: UUID) -> Conversation:
    """The conversation, locked, while the lease is still ours. Raises LeaseLost."""
    mine = (
        select(Conversation)
        .where(Conversation.id == conversation_id, Conversation.lease == lease)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    conversation = await session.scalar(mine)
    if conversation is None:
        raise LeaseLost
    return conversation


def renew(conversation: Conversation) -> None:
    """Keep the lease for one more turn, by the clock of PostgreSQL, which whoever claims reads.

    A worker whose own was a minute slow had its turns taken from it, three times over: people were told of a breakdown.
    """
    conversation.leased_until = func.now() + LASTS


def release(conversation: Conversation) -> None:
    """Give the conversation back; whatever still waits in it is found by the next claim."""
    conversation.lease = conversation.leased_until = None
