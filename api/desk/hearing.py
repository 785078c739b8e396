"""What is said in a conversation is heard by the desks that somebody is waiting for."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.tables import Authority, Organisation
from api.core.clock import now
from api.desk import feed
from api.desk.tables import FeedKind
from api.escalations.delays import due_at
from api.escalations.events import closed
from api.escalations.service import tell
from api.escalations.tables import Escalation, Kind, Priority


async def hold(session: AsyncSession, conversation_id: UUID) -> list[Escalation]:
    """The open requests of a conversation, locked: before the conversation itself, as whoever acts on one does."""
    return await hold_all(session, [conversation_id])


async def hold_all(session: AsyncSession, conversation_ids: Sequence[UUID]) -> list[Escalation]:
    """The same of many conversations, in one order for everybody."""
    mine = select(Escalation).where(Escalation.conversation_id.in_(conversation_ids))
    in_order = mine.order_by(Escalation.organisation_id, Escalation.id).with_for_update(key_share=True)
    rows = list(await session.scalars(in_order.execution_options(populate_existing=True)))
    shut = await closed(session, [row.id for row in rows]) if rows else set()
    return [row for row in rows if row.id not in shut]


async def hear(session: AsyncSession, requests: Sequence[Escalation]) -> None:
    """The person wrote: it is our turn, whatever was put aside, and the desk of each request is told.

    `requests`: as `hold` gave them, before the conversation was locked.
    """
    for row in requests:
        if row.answered_at:
            # The promise was kept: what is written now waits from now on, and is not late because the first was old.
            row.due_at = await _due_again(session, row)
        row.answered_at = row.snoozed_until = None
    for row in requests:
        await _tell(session, row, rings=True)


async def overhear(session: AsyncSession, requests: Sequence[Escalation]) -> None:
    """Something was said to the person: the desks that have the conversation open show it, and nothing rings.

    `requests`: as `hold` gave them, before the conversation was locked.
    """
    for row in requests:
        await _tell(session, row, rings=False)


async def answer_heard(
    session: AsyncSession, row: Escalation, actor_id: UUID | None, *, left: UUID | None = None, rings: bool = False
) -> None:
    """Something was done to this request, and maybe said to the person: whatever else is open there shows it as well.

    `left`: the organisation that it went away from.
    """
    await tell(session, row, actor_id, rings=rings)
    await overhear(session, await _beside(session, row))
    if left and left != row.organisation_id:
        await feed.publish(session, left, feed.News(FeedKind.escalation, row.id, actor_id))


async def seen(session: AsyncSession, conversation_id: UUID) -> None:
    """An answer was read: the desks show it, and nothing rings."""
    mine = select(Escalation).where(Escalation.conversation_id == conversation_id)
    for row in await session.scalars(mine.order_by(Escalation.organisation_id, Escalation.id)):
        await _tell(session, row, rings=False)


async def promised(session: AsyncSession, conversation_id: UUID) -> datetime | None:
    """By when somebody was said to answer what is open here; of several, the first."""
    mine = select(Escalation).where(Escalation.conversation_id == conversation_id, Escalation.kind == Kind.to_answer)
    rows = list(await session.scalars(mine))
    shut = await closed(session, [row.id for row in rows])
    return min((row.due_at for row in rows if row.id not in shut), default=None)


async def can_be_called(
    session: AsyncSession, conversation_id: UUID, phone: str, instead_of: str | None, *, always: bool
) -> None:
    """Where to reach who asked, E.164, for their requests that do not say it yet, or said `instead_of`.

    `always`: the number has no other use, so that it stands for all of them.
    """
    for row in await hold(session, conversation_id):
        if always or row.phone in (None, instead_of):
            row.phone = phone
            await tell(session, row)


async def _beside(session: AsyncSession, row: Escalation) -> list[Escalation]:
    """What else is open in the conversation of this request."""
    if row.conversation_id is None:
        return []
    others = select(Escalation).where(Escalation.conversation_id == row.conversation_id, Escalation.id != row.id)
    rows = list(await session.scalars(others))
    shut = await closed(session, [one.id for one in rows])
    return [one for one in rows if one.id not in shut]


async def _due_again(session: AsyncSession, row: Escalation) -> datetime:
    authority = await session.get_one(Authority, row.authority_code)
    team = await session.get(Organisation, row.organisation_id) if row.organisation_id else None
    return due_at(authority.hours_left(team.hours if team else None), authority.answer_days, now())


async def _tell(session: AsyncSession, row: Escalation, *, rings: bool) -> None:
    if row.organisation_id:
        calls = rings and row.kind is Kind.to_answer
        urgent = calls and row.priority is Priority.urgent
        await feed.publish(
            session, row.organisation_id, feed.News(FeedKind.message, row.id, rings=calls, urgent=urgent)
        )
