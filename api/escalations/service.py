"""Asking a human: opened once while it is open, with who asks, what for, and by when they were promised an answer."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Beneficiary
from api.desk import feed
from api.desk.tables import FeedKind
from api.escalations.delays import due_at
from api.escalations.events import add_event, closed
from api.escalations.priorities import Rank, is_above, rank
from api.escalations.promises import Promise, as_it_stands, promised
from api.escalations.routing import Route, place_of, route_of
from api.escalations.tables import Escalation, Event, Kind, Priority, Reason
from api.privacy.audience import Channel

LINE = 160
"""Signs of the line that sums a request up."""


@dataclass(frozen=True)
class Asked:
    """Somebody asks for a human, and where from."""

    reason: Reason
    line: str
    """In their own words or ours; cut to one line."""
    authority_code: str
    channel: Channel
    conversation_id: UUID | None = None
    person: Beneficiary | None = None
    phone: str | None = None
    """Where to call back, if they said so; E.164."""
    window: tuple[datetime, datetime] | None = None
    about: str = ""
    """The intent that `line` was understood as, where it tells how pressing it is."""
    deadline: date | None = None
    """A day by which they must have answered a letter."""
    to_know: bool = False
    """Nobody waits for an answer, whatever the reason."""


async def ask_human(session: AsyncSession, asked: Asked, now: datetime) -> Promise:
    """Open an escalation, or find the one that is open for the same person (or conversation) and reason."""
    insee, route = await _routed(session, asked, now)
    await _alone(session, asked)
    found = await _held(session, asked)
    escalation = found or await open_request(session, asked, route, now)
    if found:
        await _asked_again(session, found, asked)
        route = await as_it_stands(session, found, route)
    await tell(session, escalation, rings=True)
    unknown = asked.person is None and insee is None and asked.channel is Channel.web
    return promised(escalation, route, now, fresh=not found, ask_commune=unknown and not found)


async def route_for(session: AsyncSession, asked: Asked, now: datetime) -> Route:
    """To whom this goes, and so when somebody is there to answer."""
    return (await _routed(session, asked, now))[1]


async def open_request(session: AsyncSession, asked: Asked, route: Route, now: datetime) -> Escalation:
    """A new request, whatever else is open; its desk is still to be told, after every other lock."""
    priority, kind = _rank(asked)
    # What cannot wait is late at the end of the first day on which somebody is there.
    days = 0 if priority is Priority.urgent else route.authority.answer_days
    row = Escalation(
        authority_code=route.authority.code,
        organisation_id=route.team.id if route.team else None,
        caseworker_id=asked.person.caseworker_id if asked.person else None,
        assigned_id=route.assigned.id if route.assigned else None,
        beneficiary_id=asked.person.id if asked.person else None,
        conversation_id=asked.conversation_id,
        channel=asked.channel,
        reason=asked.reason,
        kind=kind,
        priority=priority,
        line=one_line(asked.line),
        due_at=due_at(route.hours, days, now, asked.deadline),
    )
    _call_back(row, asked)
    session.add(row)
    await session.flush()
    await session.refresh(row)
    await add_event(session, row.id, Event.opened)
    return row


async def raise_to(session: AsyncSession, row: Escalation, priority: Priority, text: str | None = None) -> None:
    """Looked at sooner from now on, under the row's lock; what is already pressing stays so."""
    if is_above(priority, row.priority):
        row.priority = priority
        await add_event(session, row.id, Event.raised, text=text)


async def open_one(session: AsyncSession, asked: Asked) -> Escalation | None:
    """The open escalation about the same person, or else from the same conversation, for the same reason and words.

    Two courses, two appointments or two services are two requests: where the line says which, it must be the same.
    """
    mine = select(Escalation).where(Escalation.reason == asked.reason, Escalation.kind == _rank(asked).kind)
    if asked.person:
        mine = mine.where(Escalation.beneficiary_id == asked.person.id)
        if asked.reason in ANSWERED_THERE:
            here = Escalation.conversation_id == asked.conversation_id
            mine = mine.where(or_(here, Escalation.owner_id.is_(None)))
    else:
        mine = mine.where(Escalation.beneficiary_id.is_(None), Escalation.conversation_id == asked.conversation_id)
    if asked.reason in NAMED_BY_LINE or asked.to_know:
        mine = mine.where(Escalation.line == one_line(asked.line))
    rows = list(await session.scalars(mine.order_by(Escalation.created_at)))
    shut = await closed(session, [row.id for row in rows])
    return next((row for row in rows if row.id not in shut), None)


NAMED_BY_LINE = frozenset(
    {Reason.training_application, Reason.appointment_change, Reason.appointment_declined, Reason.support}
)


ANSWERED_THERE = frozenset({Reason.asked, Reason.not_understood, Reason.complaint, Reason.letter})
"""Answered in the conversation where it was asked: what a caseworker has of another one is another request."""


async def still_open(session: AsyncSession, authority_code: str | None = None) -> list[Escalation]:
    """What waits for somebody, the oldest promise first; of one authority, or of all."""
    rows = select(Escalation).order_by(Escalation.due_at, Escalation.created_at)
    if authority_code:
        rows = rows.where(Escalation.authority_code == authority_code)
    found = list(await session.scalars(rows))
    shut = await closed(session, [row.id for row in found])
    return [row for row in found if row.id not in shut]


async def tell(session: AsyncSession, row: Escalation, actor_id: UUID | None = None, *, rings: bool = False) -> None:
    """Tell the desks of its organisation that a request was opened, or changed.

    `actor_id`: the caseworker who did it; `rings`: somebody waits for an answer because of it.
    """
    if row.organisation_id:
        calls = rings and row.kind is Kind.to_answer
        urgent = calls and row.priority is Priority.urgent
        news = feed.News(FeedKind.escalation, row.id, actor_id, rings=calls, urgent=urgent)
        await feed.publish(session, row.organisation_id, news)


def one_line(text: str) -> str:
    """The beginning of a text, on one line."""
    words = " ".join(text.split())
    return words if len(words) <= LINE else words[: LINE - 1].rstrip() + "…"


async def _routed(session: AsyncSession, asked: Asked, now: datetime) -> tuple[str | None, Route]:
    """Where somebody unknown lives, if that is known, and to whom their request goes."""
    insee = None if asked.person else await place_of(session, asked.conversation_id)
    return insee, await route_of(session, asked.person, insee, asked.authority_code, now)


async def _held(session: AsyncSession, asked: Asked) -> Escalation | None:
    """The open request, locked: a desk may be adding to its thread, taking or closing it at this moment."""
    found = await open_one(session, asked)
    if found:
        await session.refresh(found, with_for_update={"key_share": True})
    # What was taken elsewhere or closed meanwhile is found no more.
    return await open_one(session, asked) if found else None


async def _asked_again(session: AsyncSession, row: Escalation, asked: Asked) -> None:
    _call_back(row, asked)
    if asked.conversation_id and row.owner_id is None:
        # Whoever takes it answers where the person is now, not in a page that they closed.
        row.conversation_id, row.channel = asked.conversation_id, asked.channel
    row.answered_at = row.snoozed_until = None
    await add_event(session, row.id, Event.repeated, text=one_line(asked.line))
    await raise_to(session, row, _rank(asked).priority)


def _rank(asked: Asked) -> Rank:
    return rank(asked.reason, asked.about, asked.deadline, to_know=asked.to_know)


def _call_back(row: Escalation, asked: Asked) -> None:
    row.phone = asked.phone or row.phone
    if asked.window:
        row.call_from, row.call_until = asked.window


async def _alone(session: AsyncSession, asked: Asked) -> None:
    """One asker at a time for this person and reason: two at once would open two."""
    subject = f"{asked.person.id if asked.person else asked.conversation_id}/{asked.reason}"
    number = int.from_bytes(hashlib.blake2b(subject.encode(), digest_size=8).digest(), signed=True)
    await session.execute(select(func.pg_advisory_xact_lock(number)))
