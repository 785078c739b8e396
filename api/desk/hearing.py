"""What is said in a conversation is heard by the desks that somebody is waiting for."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.desk import feed
from api.desk.tables import FeedKind
from api.escalations.events import closed
from api.escalations.tables import Escalation


async def hear(session: AsyncSession, conversation_id: UUID) -> None:
    """Something was said there: tell the desk of each request that is open. Under the conversation's lock."""
    mine = select(Escalation.id, Escalation.organisation_id).where(Escalation.conversation_id == conversation_id)
    # In one order for everybody: two organisations' feeds are two locks.
    rows = list(await session.execute(mine.order_by(Escalation.organisation_id, Escalation.id)))
    shut = await closed(session, [escalation for escalation, _ in rows]) if rows else set()
    for escalation, organisation in rows:
        if organisation and escalation not in shut:
            await feed.publish(session, organisation, FeedKind.message, escalation)
