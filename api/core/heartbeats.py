"""Who is alive: each worker leaves a sign every few seconds, which readiness reads."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped

from api.core.columns import Base, Privacy, Retention, column, instant, rules

EVERY = timedelta(seconds=2)
SILENT_AFTER = timedelta(seconds=8)
"""Four missed signs: a worker that is only busy is not called dead."""


class Heartbeat(Base):
    """The last sign of one process."""

    __tablename__ = "heartbeats"
    __table_args__ = rules(kept=Retention(why="only the last sign counts", days=1, after="seen_at"))

    name: Mapped[str] = column(Privacy.technical, primary_key=True)
    seen_at: Mapped[datetime] = instant()


async def beat(session: AsyncSession, name: str) -> None:
    """Leave a sign of life."""
    row = insert(Heartbeat).values(name=name)
    await session.execute(row.on_conflict_do_update(index_elements=["name"], set_={"seen_at": func.now()}))


async def anyone_alive(session: AsyncSession) -> bool:
    """Whether a worker gave a sign lately."""
    recent = select(Heartbeat.name).where(Heartbeat.seen_at > func.now() - SILENT_AFTER).limit(1)
    return (await session.scalar(recent)) is not None
