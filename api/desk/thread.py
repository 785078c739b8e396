"""One request, whole: whom it is about, what was said, what happened."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Beneficiary
from api.caseworkers.accounts import Account
from api.caseworkers.tables import Caseworker
from api.conversations.service import read
from api.conversations.tables import Author, Conversation, Message, Mode
from api.core.clock import now
from api.desk import items
from api.desk.card import Card, card_of
from api.desk.items import Item
from api.desk.labels import EVENTS, OUTCOMES
from api.desk.scope import reachable
from api.desk.tables import Access
from api.escalations.events import standing, thread_of
from api.escalations.tables import Escalation, EscalationEvent, Event

ROUTE = "/desk/escalations/{escalation}"
ONE_LOOK = timedelta(minutes=15)
"""A desk that has a thread open reads it at each message: that is one look at a file."""


@dataclass(frozen=True)
class Shown:
    """What was said; `name` is a caseworker's."""

    seq: int
    author: Author
    name: str | None
    text: str
    created_at: datetime


@dataclass(frozen=True)
class Happened:
    """One event; `by` is None for the person and for Hent."""

    seq: int
    event: Event
    label: str
    by: str | None
    text: str | None
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class Thread(Item):
    """A line of the queue, and what is behind it."""

    state: Literal["open", "closed"]
    mine: bool
    card: Card | None
    mode: Mode | None
    """Who answers in the conversation; None when there is none (any more)."""
    messages: list[Shown]
    events: list[Happened]


async def thread(session: AsyncSession, who: Account, escalation_id: UUID, after: int = 0) -> Thread:
    """All of a request, with every message past `after`. Raises NotAllowedHere, NotFound."""
    row = await reachable(session, who, escalation_id)
    person = await session.get(Beneficiary, row.beneficiary_id) if row.beneficiary_id else None
    if person and person.caseworker_id != who.id:
        await _journal(session, who, row)
    talk = await session.get(Conversation, row.conversation_id) if row.conversation_id else None
    events = await thread_of(session, row.id)
    messages = await _messages(session, talk.id, after) if talk else []
    names = await _names(session, {one.author_id for one in events} | {one.caseworker_id for one in messages})
    found = (await session.execute(items.rows(who, items.turned(), Escalation.id == row.id))).one()
    return Thread(
        **items.shown(found),
        state="closed" if standing(events).closed else "open",
        mine=row.owner_id == who.id,
        card=await card_of(session, person, now()) if person else None,
        mode=talk.mode if talk else None,
        messages=[_shown(one, names) for one in messages],
        events=[_happened(one, names) for one in events],
    )


async def _messages(session: AsyncSession, conversation_id: UUID, after: int) -> list[Message]:
    found: list[Message] = []
    while page := await read(session, conversation_id, found[-1].seq if found else after):
        found.extend(message for message, _ in page)
    return found


async def _names(session: AsyncSession, ids: set[UUID | None]) -> dict[UUID | None, str]:
    workers = await session.scalars(select(Caseworker).where(Caseworker.id.in_(ids - {None})))
    return {worker.id: f"{worker.first_name} {worker.last_name}" for worker in workers}


async def _journal(session: AsyncSession, who: Account, row: Escalation) -> None:
    looked = exists().where(
        Access.caseworker_id == who.id, Access.escalation_id == row.id, Access.created_at > now() - ONE_LOOK
    )
    if not await session.scalar(select(looked)):
        access = Access(caseworker_id=who.id, beneficiary_id=row.beneficiary_id, escalation_id=row.id, what=ROUTE)
        session.add(access)
        await session.flush()


def _shown(message: Message, names: dict[UUID | None, str]) -> Shown:
    name = names.get(message.caseworker_id)
    return Shown(message.seq, message.author, name, message.text, message.created_at)


def _happened(one: EscalationEvent, names: dict[UUID | None, str]) -> Happened:
    text = OUTCOMES.get(one.text or "", one.text) if one.event is Event.closed else one.text
    return Happened(one.seq, one.event, EVENTS[one.event], names.get(one.author_id), text, one.created_at)
