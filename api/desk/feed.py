"""An organisation's feed: numbers without a gap, in the order of commits."""

from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.database import notify
from api.desk.tables import Feed, FeedEvent, FeedKind

AT_ONCE = 200


@dataclass(frozen=True)
class News:
    """Something that changed: `actor_id` did it (None: the person, or Hent)."""

    kind: FeedKind
    escalation_id: UUID
    actor_id: UUID | None = None
    rings: bool = False
    """Whether somebody waits for an answer because of it."""
    urgent: bool = False


async def publish(session: AsyncSession, organisation_id: UUID, news: News) -> int:
    """Tell every desk of an organisation; the number of what was told.

    The feed's row stays locked until the transaction ends: publish last, after every other lock.
    """
    first = insert(Feed).values(organisation_id=organisation_id, last=1)
    counted = first.on_conflict_do_update(index_elements=["organisation_id"], set_={"last": Feed.last + 1})
    number = (await session.scalars(counted.returning(Feed.last))).one()
    session.add(FeedEvent(organisation_id=organisation_id, number=number, **asdict(news)))
    await session.flush()
    await notify(session, f"desk:{organisation_id}")
    return number


async def since(session: AsyncSession, organisation_id: UUID, after: int) -> list[FeedEvent]:
    """The next events past `after`, in order, two hundred at most."""
    told = select(FeedEvent).where(FeedEvent.organisation_id == organisation_id, FeedEvent.number > after)
    return list(await session.scalars(told.order_by(FeedEvent.number).limit(AT_ONCE)))


async def last(session: AsyncSession, organisation_id: UUID) -> int:
    """The last number that was given; 0 before the first."""
    return await session.scalar(select(Feed.last).where(Feed.organisation_id == organisation_id)) or 0


async def too_old(session: AsyncSession, organisation_id: UUID, after: int) -> bool:
    """Whether something past `after` is not kept any more, or `after` was never given: the queue is to be read anew."""
    given = await last(session, organisation_id)
    first = await session.scalar(select(func.min(FeedEvent.number)).where(FeedEvent.organisation_id == organisation_id))
    return after > given or (after < given and (first is None or first > after + 1))
