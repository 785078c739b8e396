"""A team as its supervisor sees it: who has how much, what is late, who is away and who stands in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, not_, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from api.caseworkers.accounts import Account
from api.caseworkers.reaching import Absence
from api.caseworkers.tables import Caseworker, Role
from api.conversations.costs import Sum, by_month
from api.core.clock import now
from api.core.errors import Unreadable
from api.desk import hearing, items
from api.desk.colleagues import answers, colleague, member
from api.desk.items import Item, Named
from api.desk.moving import give_to
from api.desk.queue import Wanted, queue
from api.desk.reading import unread
from api.desk.scope import check_supervisor
from api.escalations.events import closed
from api.escalations.tables import Escalation, Event, Kind

StandIn = aliased(Caseworker)
MONTHS = 6


@dataclass(frozen=True, kw_only=True)
class Member:
    """One who answers, or who left with something; with what they have or what is meant for them in the list."""

    id: UUID
    name: str
    role: Role
    active: bool
    absent_from: date | None
    absent_until: date | None
    stand_in: Named | None
    open: int
    late: int
    unread: int
    """Messages of people that they have not read."""
    waiting_oldest: datetime | None
    """Since when the oldest one waits whose turn is ours."""


@dataclass(frozen=True)
class Team:
    """Everybody by name, and what is late (fifty at most, the oldest promise first)."""

    members: list[Member]
    late: list[Item]
    unassigned: int
    """Requests that nobody has and that are meant for nobody."""


async def team(session: AsyncSession, who: Account) -> Team:
    """Of this supervisor. Raises NotAllowedHere."""
    check_supervisor(who)
    loads = {whose: counted for whose, *counted in await session.execute(_loads(who, now()))}
    rows = (
        select(Caseworker, StandIn)
        .outerjoin(StandIn, StandIn.id == Caseworker.stand_in_id)
        .where(Caseworker.organisation_id == who.organisation_id, answers() | Caseworker.id.in_(set(loads) - {None}))
        .order_by(Caseworker.last_name, Caseworker.first_name, Caseworker.id)
    )
    members = [_member(worker, other, loads) for worker, other in await session.execute(rows)]
    late = await queue(session, who, Wanted(late=True))
    nobody = loads.get(None)
    return Team(members, late.items, nobody[0] if nobody else 0)


async def sms(session: AsyncSession, who: Account) -> dict[date, Sum]:
    """What this authority's SMS cost in its last months, by their first day. Raises NotAllowedHere."""
    check_supervisor(who)
    return await by_month(session, who.authority_code, MONTHS)


async def set_absence(
    session: AsyncSession, who: Account, caseworker_id: UUID, away: Absence | None, stand_in: UUID | None
) -> None:
    """Days away, and who stands in then; None: here again. Raises NotAllowedHere, NotFound, Unreadable."""
    check_supervisor(who)
    worker = await colleague(session, who, caseworker_id)
    if away and away.until and away.until < away.since:
        raise Unreadable("La fin de l'absence vient avant son début.", error="wrong_dates")
    if stand_in == worker.id:
        raise Unreadable("Choisissez une autre personne pour remplacer.", error="own_stand_in")
    other = await colleague(session, who, stand_in) if stand_in else None
    worker.absent_from, worker.absent_until = (away.since, away.until) if away else (None, None)
    worker.stand_in_id = other.id if other else None
    await session.flush()


async def hand_over(session: AsyncSession, who: Account, caseworker_id: UUID, to: UUID, now: datetime) -> int:
    """All that a colleague has, or that is meant for them, is meant for another from now on; how many requests.

    The colleague may have left. Raises NotAllowedHere, and NotFound for a stand-in who does not answer in this team.
    """
    check_supervisor(who)
    absent, other = await member(session, who, caseworker_id), await colleague(session, who, to)
    if absent.id == other.id:
        raise Unreadable("Choisissez une autre personne pour remplacer.", error="own_stand_in")
    rows = await _held(session, who, absent.id)
    for row in rows:
        await give_to(session, row, other.id, who, now)
        await hearing.answer_heard(session, row, who.id)
    return len(rows)


async def _held(session: AsyncSession, who: Account, caseworker_id: UUID) -> list[Escalation]:
    """Locked in one order, so that two who hand over at once do not wait for each other."""
    whose = func.coalesce(Escalation.owner_id, Escalation.assigned_id) == caseworker_id
    mine = select(Escalation).where(Escalation.organisation_id == who.organisation_id, whose).order_by(Escalation.id)
    locked = mine.with_for_update(key_share=True).execution_options(populate_existing=True)
    rows: Sequence[Escalation] = list(await session.scalars(locked))
    shut = await closed(session, [row.id for row in rows])
    return [row for row in rows if row.id not in shut]


def _loads(who: Account, moment: datetime) -> Select[*tuple[Any, ...]]:
    """For each who has something (None: nobody): how many, how many late, how much unread, and since when."""
    last = items.turned()
    whose = func.coalesce(Escalation.owner_id, Escalation.assigned_id)
    ours = and_(Escalation.kind == Kind.to_answer, Escalation.answered_at.is_(None))
    return (
        select(
            whose,
            func.count(),
            func.count().filter(items.late(moment)),
            func.sum(unread(whose)),
            func.min(Escalation.created_at).filter(ours),
        )
        .select_from(Escalation)
        .join(last, true())
        .where(Escalation.organisation_id == who.organisation_id, last.c.event != Event.closed)
        .where(not_(items.snoozed(moment)))
        .group_by(whose)
    )


def _member(worker: Caseworker, other: Caseworker | None, loads: dict[Any, list[Any]]) -> Member:
    count, late, unread_by_them, oldest = loads.get(worker.id, [0, 0, 0, None])
    return Member(
        id=worker.id,
        name=f"{worker.first_name} {worker.last_name}",
        role=worker.role,
        active=worker.active,
        absent_from=worker.absent_from,
        absent_until=worker.absent_until,
        stand_in=Named(other.id, f"{other.first_name} {other.last_name}") if other else None,
        open=count,
        late=late,
        unread=int(unread_by_them),
        waiting_oldest=oldest,
    )
