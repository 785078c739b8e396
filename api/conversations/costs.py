"""What SMS cost: counted in the transaction that says that one has left, so once, and still known when it is gone."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.tables import Authority
from api.conversations.sms_tables import OutgoingSms, SmsKind, SmsMonth, SmsStatus
from api.core.clock import now, paris

LEFT = frozenset({SmsStatus.sent, SmsStatus.accepted, SmsStatus.delivered, SmsStatus.failed, SmsStatus.unknown})
"""What an operator bills, or may bill: what it took, arrived or not."""
NOBODY = "sans collectivité"


class Bill(NamedTuple):
    """Who is billed by whom, for what, and when; in one order for all, so that two who count do not wait in a ring."""

    month: date
    authority_code: str
    provider: str
    kind: SmsKind


@dataclass
class Sum:
    """`price` in thousandths of a euro, of the segments whose price is known; the others are `unpriced`."""

    messages: int = 0
    segments: int = 0
    unpriced: int = 0
    price: int = 0

    def add(self, other: "Sum", times: int = 1) -> None:
        """One more, or with -1 one less."""
        self.messages += times * other.messages
        self.segments += times * other.segments
        self.unpriced += times * other.unpriced
        self.price += times * other.price


@dataclass(frozen=True)
class Cost:
    """Of one authority, by its name, one provider and one kind."""

    authority: str
    provider: str
    kind: SmsKind
    sum: Sum


async def count(session: AsyncSession, rows: Iterable[OutgoingSms]) -> None:
    """Those that have left are in the month of their leaving from now on; `rows`: locked."""
    left = [row for row in rows if row.status in LEFT and row.counted_in is None]
    for row in left:
        row.counted_in = paris(row.sent_at or now()).date().replace(day=1)
    await _add(session, left, 1)


async def take_back(session: AsyncSession, rows: Iterable[OutgoingSms]) -> None:
    """These had not left after all; `rows`: locked."""
    counted = [row for row in rows if row.counted_in is not None]
    await _add(session, counted, -1)
    for row in counted:
        row.counted_in = None


async def of_month(session: AsyncSession, month: date) -> list[Cost]:
    """All that left in the month that begins on this day: by authority, the dearest of each first."""
    rows = (
        select(func.coalesce(Authority.name, NOBODY).label("name"), SmsMonth)
        .outerjoin(Authority, Authority.code == SmsMonth.authority_code)
        .where(SmsMonth.month == month, SmsMonth.messages > 0)
        .order_by("name", SmsMonth.price.desc(), SmsMonth.provider, SmsMonth.kind)
    )
    return [Cost(name, row.provider, row.kind, _sum(row)) for name, row in await session.execute(rows)]


async def by_month(session: AsyncSession, authority_code: str, months: int) -> dict[date, Sum]:
    """What an authority paid in its last months that have something to pay, the newest first."""
    theirs = select(SmsMonth).where(SmsMonth.authority_code == authority_code, SmsMonth.messages > 0)
    found: dict[date, Sum] = defaultdict(Sum)
    for row in await session.scalars(theirs.order_by(SmsMonth.month.desc())):
        found[row.month].add(_sum(row))
    return dict(list(found.items())[:months])


async def _add(session: AsyncSession, rows: list[OutgoingSms], times: int) -> None:
    sums: dict[Bill, Sum] = defaultdict(Sum)
    for row in rows:
        assert row.counted_in, "whoever counts says in which month"
        bill = Bill(row.counted_in, row.authority_code or "", row.provider or "", row.kind)
        sums[bill].add(_of(row), times)
    for bill, more in sorted(sums.items(), key=lambda one: one[0]):
        written = insert(SmsMonth).values(**bill._asdict(), **vars(more))
        total = {name: getattr(SmsMonth, name) + written.excluded[name] for name in vars(more)}
        await session.execute(written.on_conflict_do_update(index_elements=Bill._fields, set_=total))


def _of(row: OutgoingSms) -> Sum:
    segments = row.segments or 0
    return Sum(1, segments, segments if row.price is None else 0, row.price or 0)


def _sum(row: SmsMonth) -> Sum:
    return Sum(row.messages, row.segments, row.unpriced, row.price)
