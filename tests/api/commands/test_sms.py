"""What SMS cost is counted by authority and by month as people in Paris count it, from what left and nothing else."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from api.commands.sms import Cost, of_month
from api.conversations.sms_tables import OutgoingSms, SmsKind, SmsStatus
from api.core.clock import PARIS
from tests import factories

NOVEMBER = date(2026, 11, 1)


async def sent(session: AsyncSession, at: datetime, **given: Any) -> None:
    made = {"status": SmsStatus.delivered, "segments": 2, "price": 90, "authority_code": factories.AUTHORITY}
    session.add(
        OutgoingSms(phone="+33639980001", sender="Hent", kind=SmsKind.reply, text="x", sent_at=at, **made | given)
    )
    await session.flush()


async def test_a_month_begins_and_ends_at_midnight_in_paris(session: AsyncSession) -> None:
    name = (await factories.authority(session)).name
    for at in (datetime(2026, 11, 1, 0, 0, tzinfo=PARIS), datetime(2026, 11, 30, 23, 59, tzinfo=PARIS)):
        await sent(session, at)
    for at in (datetime(2026, 10, 31, 23, 59, tzinfo=PARIS), datetime(2026, 12, 1, 0, 0, tzinfo=PARIS)):
        await sent(session, at)
    assert await of_month(session, NOVEMBER) == [Cost(name, 2, 4, 0, 180)]
    assert [cost.messages for cost in await of_month(session, date(2026, 12, 1))] == [1]


async def test_what_never_left_costs_nothing_and_what_failed_does(session: AsyncSession) -> None:
    await factories.authority(session)
    at = datetime(2026, 11, 25, 10, 0, tzinfo=PARIS)
    for status in SmsStatus:
        await sent(session, at, status=status)
    assert [cost.messages for cost in await of_month(session, NOVEMBER)] == [5]


async def test_segments_without_a_price_are_said_apart(session: AsyncSession) -> None:
    await factories.authority(session)
    at = datetime(2026, 11, 25, 10, 0, tzinfo=PARIS)
    await sent(session, at)
    await sent(session, at, price=None)
    [cost] = await of_month(session, NOVEMBER)
    assert str(cost).endswith("2 SMS, 4 segments, 0,09 € (et 2 segments sans prix connu)")


async def test_what_nobody_pays_for_is_counted_too(session: AsyncSession) -> None:
    await sent(session, datetime(2026, 11, 25, 10, 0, tzinfo=PARIS), authority_code=None)
    assert [cost.authority for cost in await of_month(session, NOVEMBER)] == ["sans collectivité"]
