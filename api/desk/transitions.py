"""What every act upon a request is made of: the row as it was seen, one event, and who came first if it is not so."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.caseworkers.accounts import Account
from api.caseworkers.tables import Caseworker
from api.core.errors import Conflict
from api.desk import human_part
from api.desk.scope import reachable
from api.escalations.events import add_event, closed
from api.escalations.tables import Escalation, EscalationEvent, Event


@dataclass(frozen=True)
class Step:
    """One thing that happens to a request: `who` does it (None: the house), `target_id` is to whom it goes."""

    event: Event
    who: Account | None
    now: datetime
    text: str | None = None
    target_id: UUID | None = None


async def record(session: AsyncSession, row: Escalation, step: Step) -> None:
    """The row's next version, with the event that says why; under its lock."""
    row.version += 1
    author_id = step.who.id if step.who else None
    said = {"text": step.text, "target_id": step.target_id, "author_id": author_id, "created_at": step.now}
    await add_event(session, row.id, step.event, **said)


async def owned(session: AsyncSession, who: Account, escalation_id: UUID, version: int) -> Escalation:
    """The request, locked, which `who` has and saw as it is. Raises Conflict."""
    row = await reachable(session, who, escalation_id, lock=True)
    if row.owner_id != who.id or row.version != version:
        raise await conflict(session, row)
    return row


async def in_reach(session: AsyncSession, who: Account, escalation_id: UUID, version: int) -> Escalation:
    """The request, locked, open, as `who` saw it, and in nobody else's hands. Raises Conflict."""
    row = await reachable(session, who, escalation_id, lock=True)
    if row.owner_id not in (None, who.id) or row.version != version or await is_closed(session, row):
        raise await conflict(session, row)
    return row


async def let_go(session: AsyncSession, row: Escalation) -> None:
    """Whoever has it has it no more; the person hears of it."""
    if row.owner_id:
        row.owner_id = None
        await session.flush()
        await human_part.pause(session, row)


async def is_closed(session: AsyncSession, row: Escalation) -> bool:
    """Whether it was closed, and not reopened since."""
    return bool(await closed(session, [row.id]))


async def conflict(session: AsyncSession, row: Escalation, otherwise: str | None = None) -> Conflict:
    """What is so instead; `otherwise`: what to say when nobody has it."""
    owner = await session.get(Caseworker, row.owner_id) if row.owner_id else None
    if owner:
        return Conflict(f"{owner.first_name} {owner.last_name} a pris cette demande.", error="taken")
    if await is_closed(session, row):
        return Conflict("Cette demande est clôturée.", error="closed")
    return Conflict(otherwise)


async def already(session: AsyncSession, row: Escalation, who: Account, event: Event, reference: str) -> bool:
    """Whether this was done before. Raises Conflict when the reference stands for something else."""
    same = select(EscalationEvent.event, EscalationEvent.author_id).where(
        EscalationEvent.escalation_id == row.id, EscalationEvent.reference == reference
    )
    found = (await session.execute(same)).one_or_none()
    if found and tuple(found) != (event, who.id):
        raise Conflict
    return found is not None
