"""An organisation's feed: numbers without a gap, in the order of commits."""

from collections import defaultdict
from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.database import at_last, notify
from api.desk.tables import Feed, FeedEvent, FeedKind

AT_ONCE = 200
_NEWS = "news"


@dataclass(frozen=True)
class News:
    """Something that changed: `actor_id` did it (None: the person, or Hent)."""

    kind: FeedKind
    escalation_id: UUID
    actor_id: UUID | None = None
    rings: bool = False
    """Whether somebody waits for an answer because of it."""
    urgent: bool = False


async def publish(session: AsyncSession, organisation_id: UUID, news: News) -> None:
    """Tell every desk of an organisation, when this transaction ends."""
    session.info.setdefault(_NEWS, defaultdict(list))[organisation_id].append(news)
    at_last(session, number)


async def number(session: AsyncSession) -> None:
    """Give what this transaction told its numbers.

    Each feed's row stays locked until the commit. So they come after every other lock, and in one order for everybody:
    of two that have told the same two organisations, each would hold what the other waits for.
    """
    told: dict[UUID, list[News]] = session.info.pop(_NEWS, {})
    for organisation_id, news in sorted(told.items()):
        first = insert(Feed).values(organisation_id=organisation_id, last=len(news))
        more = {"last": Feed.last + len(news)}
        counted = first.on_conflict_do_update(index_elements=["organisation_id"], set_=more).returning(Feed.last)
        begins = (await session.scalars(counted)).one() - len(news) + 1
        for nth, one in enumerate(news, begins):
            session.add(FeedEvent(organisation_id=organisation_id, number=nth, **asdict(one)))
    if told:
        await session.flush()
        await notify(session, *(f"desk:{organisation_id}" for organisation_id in told))


async def since(session: AsyncSession, organisation_id: UUID, after: int) -> list[FeedEvent]:
    """The next events past `after`, in order, two hundred at most; what this transaction told itself included."""
    await number(session)
    told = select(FeedEvent).where(FeedEvent.organisation_id == organisation_id, FeedEvent.number > after)
    return list(await session.scalars(told.order_by(FeedEvent.number).limit(AT_ONCE)))


async def last(session: AsyncSession, organisation_id: UUID) -> int:
    """The last number that was given; 0 before the first."""
    await number(session)
    return await session.scalar(select(Feed.last).where(Feed.organisation_id == organisation_id)) or 0


async def too_old(session: AsyncSession, organisation_id: UUID, after: int) -> bool:
    """Whether something past `after` is not kept any more, or `after` was never given: the queue is to be read anew."""
    given = await last(session, organisation_id)
    first = await session.scalar(select(func.min(FeedEvent.number)).where(FeedEvent.organisation_id == organisation_id))
    return after > given or (after < given and (first is None or first > after + 1))
