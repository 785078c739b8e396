"""The thread of a request: written once, and read for what stands today."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from api.escalations.tables import EscalationEvent, Event

TURNING = (Event.opened, Event.closed, Event.reopened)
"""Events that open or close: the last of them says which."""
LETTING_GO = frozenset({Event.given_back, Event.handed_back, Event.closed, Event.passed_on})
"""After them nobody has it."""


@dataclass(frozen=True)
class Standing:
    """Where a request stands."""

    closed: bool
    owner_id: UUID | None


def standing(events: Iterable[EscalationEvent]) -> Standing:
    """What a whole thread, in order, says of today: what the row must say too."""
    closed, owner_id = False, None
    for one in events:
        if one.event in TURNING:
            closed = one.event is Event.closed
        if one.event is Event.taken:
            owner_id = one.author_id
        elif one.event in LETTING_GO or (one.event is Event.assigned and one.target_id != owner_id):
            owner_id = None
        elif one.event is Event.returned:
            owner_id = one.target_id
    return Standing(closed, owner_id)


async def thread_of(session: AsyncSession, escalation_id: UUID) -> list[EscalationEvent]:
    """All that happened to a request, in order."""
    mine = select(EscalationEvent).where(EscalationEvent.escalation_id == escalation_id)
    return list(await session.scalars(mine.order_by(EscalationEvent.seq)))


async def closed(session: AsyncSession, ids: Sequence[UUID]) -> set[UUID]:
    """Those of these escalations whose last closing was not followed by a reopening."""
    last = (
        select(EscalationEvent.escalation_id, EscalationEvent.event)
        .where(EscalationEvent.escalation_id.in_(ids), EscalationEvent.event.in_(TURNING))
        .ext(distinct_on(EscalationEvent.escalation_id))
        .order_by(EscalationEvent.escalation_id, EscalationEvent.seq.desc())
    )
    return {escalation for escalation, event in await session.execute(last) if event == Event.closed}


async def add_event(session: AsyncSession, escalation_id: UUID, event: Event, **said: Any) -> None:
    """One more event, under the escalation's lock, which the caller holds. `said`: its other columns."""
    last = select(func.coalesce(func.max(EscalationEvent.seq), 0)).where(EscalationEvent.escalation_id == escalation_id)
    seq = (await session.scalar(last) or 0) + 1
    session.add(EscalationEvent(escalation_id=escalation_id, seq=seq, event=event, **said))
    await session.flush()
