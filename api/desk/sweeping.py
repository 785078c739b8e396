"""What happens because nobody did anything: waits that end, answers unread, requests that come back to the list."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.tables import Conversation, Mode
from api.core.quiet_hours import next_allowed
from api.core.sealing import Sealer
from api.desk import hearing, human_part, returns
from api.desk.nudging import nudge
from api.escalations.service import tell
from api.texts.schemas import Saying

EVERY = 20.0
"""Seconds."""
ONE_AT_A_TIME = 0x48656E74
"""The advisory lock: of several workers, one looks."""
AT_ONCE = 100
PUBLIC_URL = "http://127.0.0.1:8000"


async def sweep(session: AsyncSession, sealer: Sealer, now: datetime, public_url: str = PUBLIC_URL) -> None:
    """Do all that is due, in one transaction; done twice, it is done once.

    Whatever is being acted upon at this moment is left for the next look: nobody waits for this, and it for nobody.
    """
    if not await session.scalar(select(func.pg_try_advisory_xact_lock(ONE_AT_A_TIME))):
        return
    by_day = next_allowed(now) == now
    steps = (returns.unread, returns.undelivered, *((returns.unanswered,) if by_day else ()))
    back = [row for step in steps for row in await step(session, now)]
    await _end_waits(session, now)
    await nudge(session, sealer, public_url, now)
    for row in back:
        await tell(session, row, rings=True)


async def _end_waits(session: AsyncSession, now: datetime) -> None:
    """Nobody came within the hour: the assistant answers again, and the request stays where it is."""
    over = select(Conversation).where(
        Conversation.mode == Mode.waiting,
        Conversation.waiting_until <= now,
        # A message that is being answered is answered first.
        Conversation.waiting_since.is_(None),
    )
    locked = over.order_by(Conversation.id).limit(AT_ONCE).with_for_update(skip_locked=True)
    for row in await session.scalars(locked):
        due_at = await hearing.promised(session, row.id)
        facts = {"due_on": due_at.isoformat() if due_at and due_at > now else None}
        await human_part.give_up(session, row, Saying("waiting_over", facts), next_allowed(now))
