"""Who waits in an organisation: what is urgent, then what must be answered, the oldest promise before the others."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, ColumnExpressionArgument, FromClause, Select, and_, case, func, not_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Beneficiary
from api.caseworkers.accounts import Account
from api.core.clock import now
from api.desk import items
from api.desk.items import Item
from api.desk.scope import check_role
from api.desk.searching import matching
from api.desk.tables import Feed
from api.escalations.tables import Escalation, Event, Kind, Priority, Reason
from api.privacy.audience import Channel

State = Literal["open", "mine", "for_me", "snoozed", "closed"]
PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which requests; None: whatever it is."""

    state: State = "open"
    """Open: neither closed nor put aside. Mine: I have it. For me: meant for me, and nobody has it."""
    kind: Kind | None = None
    reason: Reason | None = None
    priority: Priority | None = None
    channel: Channel | None = None
    late: bool = False
    """True: only what is late."""
    search: str = ""


@dataclass(frozen=True)
class Counts:
    """Of the whole organisation, whatever is wanted: what is neither closed nor put aside, and what is put aside."""

    open: int
    mine: int
    for_me: int
    to_know: int
    snoozed: int
    late: int
    urgent: int


@dataclass(frozen=True)
class QueuePage:
    """Fifty at most."""

    cursor: int
    """From which number on the feed tells what changes."""
    total: int
    counts: Counts
    items: list[Item]


async def queue(session: AsyncSession, who: Account, wanted: Wanted = Wanted(), after: int = 0) -> QueuePage:
    """The requests past the first `after`; those that were closed come the last one first. Raises NotAllowedHere."""
    check_role(who)
    last, moment = items.turned(), now()
    which = (*_in_state(who, wanted, last, moment), *_filtered(who, wanted, moment))
    # Before the rows: what changes in between is told again, and never missed.
    cursor, total, *counts = (await session.execute(_counting(who, last, moment, and_(*which)))).one()
    found = items.rows(who, last, *which).order_by(*_order(wanted.state, last))
    page = await session.execute(found.limit(PAGE).offset(after))
    return QueuePage(cursor or 0, total, Counts(*counts), [Item(**items.shown(who, row)) for row in page])


def _in_state(who: Account, wanted: Wanted, last: FromClause, moment: datetime) -> Iterator[ColumnElement[bool]]:
    if wanted.state == "closed":
        yield last.c.event == Event.closed
        return
    yield last.c.event != Event.closed
    aside = items.snoozed(moment)
    yield aside if wanted.state == "snoozed" else not_(aside)
    if wanted.state == "mine":
        yield Escalation.owner_id == who.id
    elif wanted.state == "for_me":
        yield _meant_for(who)


def _filtered(who: Account, wanted: Wanted, moment: datetime) -> Iterator[ColumnElement[bool]]:
    for name in ("kind", "reason", "priority", "channel"):
        if value := getattr(wanted, name):
            yield getattr(Escalation, name) == value
    if wanted.late:
        yield items.late(moment)
    if wanted.search.strip():
        yield matching(wanted.search, who.organisation_id)


def _counting(who: Account, last: FromClause, moment: datetime, which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """In one look: the feed's last number, how many are `which`, and the fields of Counts in their order."""
    goes_on, aside = last.c.event != Event.closed, items.snoozed(moment)
    waits = goes_on & not_(aside)
    of_each = (
        which,
        waits,
        waits & (Escalation.owner_id == who.id),
        waits & _meant_for(who),
        waits & (Escalation.kind == Kind.to_know),
        goes_on & aside,
        waits & items.late(moment),
        waits & (Escalation.priority == Priority.urgent),
    )
    told = select(Feed.last).where(Feed.organisation_id == who.organisation_id)
    return (
        select(told.scalar_subquery(), *[func.count().filter(one) for one in of_each])
        .select_from(Escalation)
        .join(last, true())
        .outerjoin(Beneficiary, Beneficiary.id == Escalation.beneficiary_id)
        .where(Escalation.organisation_id == who.organisation_id)
    )


def _meant_for(who: Account) -> ColumnElement[bool]:
    return (Escalation.assigned_id == who.id) & Escalation.owner_id.is_(None)


def _order(state: State, last: FromClause) -> list[ColumnExpressionArgument[Any]]:
    if state == "closed":
        return [last.c.created_at.desc(), Escalation.id]
    rank = case(
        (Escalation.priority == Priority.urgent, 0),
        (Escalation.kind == Kind.to_know, 3),
        (Escalation.answered_at.is_not(None), 2),
        else_=1,
    )
    # By date alone, what is late comes first.
    return [rank, Escalation.due_at, Escalation.id]
