"""What is known of many people at once: one query each for journals, appointments, what was written, who is reached."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.tables import Appointment
from api.caseworkers.accounts import Account
from api.conversations.tables import Author, Message
from api.desk import items
from api.desk.people.due import Meeting
from api.desk.people.numbers import Bar, barred
from api.escalations.tables import Escalation, Event
from api.pathways.facts import Fact
from api.pathways.state import State, derive
from api.pathways.tables import PathwayFact


@dataclass(frozen=True)
class Records:
    """By person; whoever is missing has none."""

    states: dict[UUID, State]
    meetings: dict[UUID, list[Meeting]]
    """In the order of time."""
    written_at: dict[UUID, datetime]
    """When this organisation last wrote to whoever it waits for."""
    last_words: dict[UUID, datetime]
    """When this organisation and the person last wrote to each other."""
    bars: dict[UUID, Bar]


async def records(session: AsyncSession, who: Account, ids: Sequence[UUID], shown: frozenset[str]) -> Records:
    """Of these people, what this account's organisation may see: `shown` names the fields."""
    return Records(
        states=await _states(session, ids) if shown & {"stage", "contract", "appointments"} else {},
        meetings=await _meetings(session, ids) if "appointments" in shown else {},
        written_at=await _written(session, who, ids),
        last_words=await _last_words(session, who, ids),
        bars=await barred(session, ids),
    )


async def _states(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, State]:
    journals: dict[UUID, list[Fact]] = defaultdict(list)
    told = (
        PathwayFact.id,
        PathwayFact.kind,
        PathwayFact.happened_on,
        PathwayFact.known_at,
        PathwayFact.replaces_id,
        PathwayFact.withdrawn,
        PathwayFact.detail,
    )
    # Columns, not rows: of a hundred and twenty people they are a thousand, and half the time of the page.
    for person, *fact in await session.execute(
        select(PathwayFact.beneficiary_id, *told).where(PathwayFact.beneficiary_id.in_(ids))
    ):
        journals[person].append(Fact(*fact))
    return {person: derive(facts) for person, facts in journals.items()}


async def _meetings(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, list[Meeting]]:
    theirs = select(Appointment.beneficiary_id, Appointment.starts_at, Appointment.status)
    rows = theirs.where(Appointment.beneficiary_id.in_(ids)).order_by(Appointment.starts_at)
    found: dict[UUID, list[Meeting]] = defaultdict(list)
    for person, starts_at, status in await session.execute(rows):
        found[person].append(Meeting(starts_at, status))
    return found


async def _written(session: AsyncSession, who: Account, ids: Sequence[UUID]) -> dict[UUID, datetime]:
    last = items.turned()
    waits = (
        select(Escalation.beneficiary_id, func.max(Escalation.answered_at))
        .join(last, true())
        .where(Escalation.organisation_id == who.organisation_id, Escalation.beneficiary_id.in_(ids))
        .where(Escalation.answered_at.is_not(None), last.c.event != Event.closed)
        .group_by(Escalation.beneficiary_id)
    )
    return {person: moment for person, moment in await session.execute(waits) if person and moment}


async def _last_words(session: AsyncSession, who: Account, ids: Sequence[UUID]) -> dict[UUID, datetime]:
    said = (
        select(Escalation.beneficiary_id, func.max(Message.created_at))
        .join(Message, Message.conversation_id == Escalation.conversation_id)
        .where(Escalation.organisation_id == who.organisation_id, Escalation.beneficiary_id.in_(ids))
        .where(Message.author.in_([Author.person, Author.caseworker]))
        .group_by(Escalation.beneficiary_id)
    )
    return {person: moment for person, moment in await session.execute(said) if person}
