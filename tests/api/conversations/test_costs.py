"""An SMS is counted once each time that it leaves, by the month of Paris, and stays counted when it is gone."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations import costs, receipts, settling
from api.conversations.costs import LEFT, NOBODY, Cost, Sum, by_month, count, of_month, take_back
from api.conversations.delivery import UNFINISHED_AFTER, send_due
from api.conversations.receipts import Told
from api.conversations.routes import NotSent, Routes, Unsure
from api.conversations.sms_tables import OutgoingSms, SmsKind, SmsStatus
from api.core.clock import PARIS, now, today
from api.core.database import Database
from api.core.sealing import Sealer
from tests import factories
from tests.api.conversations.test_delivery import Provider, due_again, queued, told

NOVEMBER = date(2026, 11, 1)
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=PARIS)
SUMS = st.builds(Sum, *[st.integers(0, 1000)] * 4)


async def sent(session: AsyncSession, at: datetime = NOON, **given: Any) -> OutgoingSms:
    made: dict[str, Any] = {"status": SmsStatus.delivered, "kind": SmsKind.reply, "provider": "kannel"}
    made |= {"segments": 2, "price": 90, "authority_code": factories.AUTHORITY}
    row = OutgoingSms(phone="+33639980001", sender="Hent", text="x", sent_at=at, **made | given)
    session.add(row)
    await session.flush()
    await count(session, [row])
    return row


async def month(database: Database) -> int:
    """How many SMS are counted in the month that runs."""
    async with database.transaction() as session:
        return sum(one.sum.messages for one in await of_month(session, today().replace(day=1)))


async def test_a_month_begins_and_ends_at_midnight_in_paris(session: AsyncSession) -> None:
    name = (await factories.authority(session)).name
    for at in (datetime(2026, 11, 1, 0, 0, tzinfo=PARIS), datetime(2026, 11, 30, 23, 59, tzinfo=PARIS)):
        await sent(session, at)
    for at in (datetime(2026, 10, 31, 23, 59, tzinfo=PARIS), datetime(2026, 12, 1, 0, 0, tzinfo=PARIS)):
        await sent(session, at)
    assert await of_month(session, NOVEMBER) == [Cost(name, "kannel", SmsKind.reply, Sum(2, 4, 0, 180))]
    months = await by_month(session, factories.AUTHORITY, 2)
    assert [(first, whole.messages) for first, whole in months.items()] == [(date(2026, 12, 1), 1), (NOVEMBER, 2)]


async def test_what_never_left_costs_nothing_and_what_failed_does(session: AsyncSession) -> None:
    await factories.authority(session)
    for status in SmsStatus:
        row = await sent(session, status=status)
        assert (row.counted_in is not None) is (status in LEFT)
    (cost,) = await of_month(session, NOVEMBER)
    assert cost.sum.messages == 5


async def test_providers_and_kinds_are_counted_apart_and_segments_without_a_price_are_said(
    session: AsyncSession,
) -> None:
    await factories.authority(session)
    await sent(session)
    await sent(session, price=None)
    await sent(session, kind=SmsKind.reminder)
    await sent(session, authority_code=None)
    found = {(one.authority == NOBODY, one.kind): one.sum for one in await of_month(session, NOVEMBER)}
    assert found[False, SmsKind.reply] == Sum(2, 4, 2, 90)
    assert found[False, SmsKind.reminder] == found[True, SmsKind.reply] == Sum(1, 2, 0, 90)


async def test_it_is_counted_once_and_is_still_known_when_its_row_is_gone(session: AsyncSession) -> None:
    await factories.authority(session)
    row = await sent(session)
    await count(session, [row])
    await session.execute(delete(OutgoingSms))
    (cost,) = await of_month(session, NOVEMBER)
    assert cost.sum == Sum(1, 2, 0, 90)


async def test_what_had_not_left_after_all_is_taken_back_once(session: AsyncSession) -> None:
    await factories.authority(session)
    row = await sent(session, status=SmsStatus.unknown)
    for _ in range(2):
        await take_back(session, [row])
    assert (await of_month(session, NOVEMBER), row.counted_in) == ([], None)


@given(st.lists(SUMS))
def test_what_is_added_and_taken_back_leaves_nothing(some: list[Sum]) -> None:
    whole = Sum()
    for times in (1, -1):
        for one in some:
            whole.add(one, times)
    assert whole == Sum()


async def test_a_message_that_is_sent_told_of_twice_and_delivered_is_one(database: Database, sealer: Sealer) -> None:
    sms_id = await queued(database)
    await send_due(database, sealer, Routes.only(Provider(NotSent())))
    assert await month(database) == 0
    await due_again(database)
    await send_due(database, sealer, Routes.only(Provider()))
    assert await month(database) == 1
    for status in (SmsStatus.accepted, SmsStatus.delivered):
        await told(database, sms_id, status)
    assert await month(database) == 1


async def test_a_receipt_that_comes_first_counts_it(database: Database, sealer: Sealer) -> None:
    sms_id = await queued(database, status=SmsStatus.sending, attempts=1, provider="demo")
    await told(database, sms_id, SmsStatus.accepted)
    assert await month(database) == 1
    await told(database, sms_id, SmsStatus.failed)
    assert await month(database) == 1


async def test_what_surely_never_arrived_there_is_counted_when_it_goes_again(
    database: Database, sealer: Sealer
) -> None:
    provider = Provider(Unsure(), repeats_safely=False)
    await queued(database)
    await send_due(database, sealer, Routes.only(provider))
    assert await month(database) == 1
    async with database.transaction() as session:
        (await session.scalars(select(OutgoingSms))).one().next_attempt_at = now() - UNFINISHED_AFTER
    provider.error = None
    later = await queued(database, phone="+33639980002")
    await send_due(database, sealer, Routes.only(provider))
    await told(database, later, SmsStatus.accepted)
    async with database.transaction() as session:
        (await session.get_one(OutgoingSms, later)).accepted_at = now() - 2 * settling.HEARD_FOR
        await session.flush()
        assert await settling.settle(session, Routes.only(provider)) == 1
    assert await month(database) == 1
    await send_due(database, sealer, Routes.only(provider))
    assert await month(database) == 2


async def test_a_transaction_that_dies_has_neither_said_nor_counted_it(
    database: Database, sealer: Sealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    sms_id = await queued(database, status=SmsStatus.sent, provider="demo")
    async with database.transaction() as session:
        await receipts.store(session, "demo", Told(str(sms_id), SmsStatus.delivered))
    counting = costs.count

    async def dies(session: AsyncSession, rows: Any) -> None:
        await counting(session, rows)
        raise ConnectionResetError

    monkeypatch.setattr(costs, "count", dies)
    with pytest.raises(ConnectionResetError):
        await receipts.apply_due(database)
    assert await month(database) == 0
    monkeypatch.undo()
    assert await receipts.apply_due(database) == 1
    assert await month(database) == 1
