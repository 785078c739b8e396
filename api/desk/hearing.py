"""What is said in a conversation is heard by the desks that somebody is waiting for."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.desk import feed
from api.desk.tables import FeedKind
from api.escalations.events import closed
from api.escalations.tables import Escalation, Kind, Priority


async def hear(session: AsyncSession, conversation_id: UUID) -> None:
    """The person wrote: tell the desk of each request that is open. Under the conversation's lock."""
    mine = select(Escalation).where(Escalation.conversation_id == conversation_id)
    # In one order for everybody: two organisations' feeds are two locks.
    rows = list(await session.scalars(mine.order_by(Escalation.organisation_id, Escalation.id)))
    shut = await closed(session, [row.id for row in rows]) if rows else set()
    for row in rows:
        if row.organisation_id and row.id not in shut:
            await _tell(session, row.organisation_id, row)


async def _tell(session: AsyncSession, organisation_id: UUID, row: Escalation) -> None:
    calls = row.kind is Kind.to_answer
    urgent = calls and row.priority is Priority.urgent
    news = feed.News(FeedKind.message, row.id, rings=calls, urgent=urgent)
    await feed.publish(session, organisation_id, news)
