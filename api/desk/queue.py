"""Who waits in an organisation: what must be answered first, the oldest promise before the others."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, ColumnExpressionArgument, FromClause, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Beneficiary
from api.caseworkers.accounts import Account
from api.core.folding import fold
from api.desk import items
from api.desk.items import Item
from api.desk.scope import check_role
from api.desk.tables import Feed
from api.escalations.tables import Escalation, Event, Kind

State = Literal["open", "mine", "closed"]
PAGE = 50


@dataclass(frozen=True)
class QueuePage:
    """Fifty at most."""

    cursor: int
    """From which number on the feed tells what changes."""
    total: int
    items: list[Item]


async def queue(
    session: AsyncSession, who: Account, *, state: State = "open", search: str = "", after: int = 0
) -> QueuePage:
    """The requests past the first `after`; those that were closed come the last one first. Raises NotAllowedHere."""
    check_role(who)
    last = items.turned()
    wanted = items.rows(who, last, *_in_state(who, state, last), *_matching(search))
    met = select(func.count()).select_from(wanted.with_only_columns(Escalation.id).subquery())
    told = select(Feed.last).where(Feed.organisation_id == who.organisation_id)
    # Before the rows: what changes in between is told again, and never missed.
    counted = await session.execute(select(told.scalar_subquery(), met.scalar_subquery()))
    cursor, total = counted.one()
    page = await session.execute(wanted.order_by(*_order(state, last)).limit(PAGE).offset(after))
    return QueuePage(cursor or 0, total, [Item(**items.shown(row)) for row in page])


def _in_state(who: Account, state: State, last: FromClause) -> Iterator[ColumnElement[bool]]:
    yield last.c.event == Event.closed if state == "closed" else last.c.event != Event.closed
    if state == "mine":
        yield Escalation.owner_id == who.id


def _matching(search: str) -> Iterator[ColumnElement[bool]]:
    """Every word stands in the name, or in what the person wants."""
    for word in search.split():
        names = (Beneficiary.folded_last_name, Beneficiary.folded_first_name)
        named = [name.contains(fold(word), autoescape=True) for name in names]
        yield or_(*named, Escalation.line.icontains(word, autoescape=True))


def _order(state: State, last: FromClause) -> list[ColumnExpressionArgument[Any]]:
    if state == "closed":
        return [last.c.created_at.desc(), Escalation.id]
    # By date alone, what is late comes first.
    return [Escalation.kind != Kind.to_answer, Escalation.due_at, Escalation.id]
