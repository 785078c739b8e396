"""What was taken and never told of again ends as unknown, after the operator's patience and ours, and stays put."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from api.conversations import receipts, settling, untold
from api.conversations.delivery import send_due
from api.conversations.routes import Routes, Why
from api.conversations.sms_tables import OutgoingSms, SmsStatus
from api.core.clock import now
from api.core.database import Database
from api.core.sealing import Sealer
from tests.api.conversations.test_delivery import Provider, queued, row_of, told

LONG_AGO = untold.PATIENCE + timedelta(minutes=1)


async def taken(database: Database, status: SmsStatus = SmsStatus.accepted, ago: timedelta = LONG_AGO) -> UUID:
    """One that left so long ago, and of which nothing was told since."""
    moment = now() - ago
    given: dict[str, Any] = {"provider": "demo", "attempts": 1, "next_attempt_at": moment, "sent_at": moment}
    accepted_at = moment if status is SmsStatus.accepted else None
    return await queued(database, status=status, accepted_at=accepted_at, **given)


async def others_are_told(database: Database, provider: str = "demo", ago: timedelta = timedelta()) -> None:
    given = {"provider": provider, "ended_at": now() - ago}
    await queued(database, phone="+33639980002", status=SmsStatus.delivered, **given)


async def settle(database: Database) -> int:
    async with database.transaction() as session:
        return await untold.settle(session)


@pytest.mark.parametrize("status", [SmsStatus.sent, SmsStatus.accepted])
async def test_it_ends_as_unknown_once_and_says_why(database: Database, status: SmsStatus) -> None:
    sms_id = await taken(database, status)
    await others_are_told(database)
    assert [await settle(database), await settle(database)] == [1, 0]
    row = await row_of(database, sms_id)
    assert (row.status, row.why) == (SmsStatus.unknown, Why.untold)


async def test_an_operator_has_its_time_to_tell(database: Database) -> None:
    sms_id = await taken(database, ago=untold.PATIENCE - timedelta(minutes=1))
    await others_are_told(database)
    assert await settle(database) == 0
    assert (await row_of(database, sms_id)).status is SmsStatus.accepted


@pytest.mark.parametrize(("provider", "ago"), [("brevo", timedelta()), ("demo", 2 * LONG_AGO)])
async def test_silence_says_nothing_where_the_end_of_none_is_told(
    database: Database, provider: str, ago: timedelta
) -> None:
    await taken(database)
    await others_are_told(database, provider, ago)
    assert await settle(database) == 0


@pytest.mark.parametrize("status", [SmsStatus.queued, SmsStatus.sending, SmsStatus.dead, *sorted(receipts.ENDED)])
async def test_what_did_not_leave_or_has_its_end_is_left_alone(database: Database, status: SmsStatus) -> None:
    await taken(database, status)
    await others_are_told(database)
    assert await settle(database) == 0


@pytest.mark.parametrize("status", [SmsStatus.sent, SmsStatus.accepted])
async def test_it_goes_to_nobody_a_second_time(database: Database, sealer: Sealer, status: SmsStatus) -> None:
    sms_id = await taken(database, status)
    await others_are_told(database)
    await settle(database)
    provider = Provider(repeats_safely=False)
    later = {"sent_at": now() + timedelta(minutes=1), "accepted_at": now() - 2 * settling.HEARD_FOR}
    await queued(database, phone="+33639980003", status=SmsStatus.delivered, provider="demo", **later)
    async with database.transaction() as session:
        # As if it had been handed over a minute ago, and overtaken.
        (await session.get_one(OutgoingSms, sms_id)).next_attempt_at = now() - timedelta(minutes=1)
        await session.flush()
        assert await settling.settle(session, Routes.only(provider)) == 0
    assert await send_due(database, sealer, Routes.only(provider)) == 0


@pytest.mark.parametrize(
    ("later", "status", "why"),
    [
        (SmsStatus.accepted, SmsStatus.unknown, Why.untold),
        (SmsStatus.unknown, SmsStatus.unknown, Why.untold),
        (SmsStatus.delivered, SmsStatus.delivered, None),
        (SmsStatus.failed, SmsStatus.failed, Why.expired),
    ],
)
async def test_only_its_end_is_news_however_late(
    database: Database, later: SmsStatus, status: SmsStatus, why: Why | None
) -> None:
    sms_id = await taken(database)
    await others_are_told(database)
    await settle(database)
    await told(database, sms_id, later, Why.expired)
    row = await row_of(database, sms_id)
    assert (row.status, row.why) == (status, why)


async def test_that_it_was_accepted_after_all_is_news_of_one_that_was_only_handed_over(database: Database) -> None:
    sms_id = await taken(database, SmsStatus.sent)
    await others_are_told(database)
    await settle(database)
    await told(database, sms_id, SmsStatus.accepted)
    row = await row_of(database, sms_id)
    assert (row.status, row.why) == (SmsStatus.accepted, None)
    assert await settle(database) == 0


async def test_what_somebody_holds_is_left_for_the_next_look(database: Database) -> None:
    held, free = await taken(database), await taken(database)
    await others_are_told(database)
    async with database.transaction() as session:
        await session.get_one(OutgoingSms, held, with_for_update=True)
        assert await settle(database) == 1
    assert (await row_of(database, free)).status is SmsStatus.unknown
    assert await settle(database) == 1


async def test_of_several_who_look_at_once_one_ends_it(database: Database) -> None:
    for _ in range(3):
        await taken(database)
    await others_are_told(database)
    assert sum(await asyncio.gather(*(settle(database) for _ in range(4)))) == 3


async def test_a_provider_that_fell_silent_does_not_hold_up_the_others(database: Database) -> None:
    crowd = text("""
        INSERT INTO outgoing_sms (id, phone, sender, kind, text, attempts, status, provider, sent_at, ended_at)
        SELECT gen_random_uuid(), '+33639980001', 'Hent', 'reply', '', 1, status, 'silent', now() - interval '9d', told
        FROM (VALUES ('delivered', now() - interval '10 days'), ('sent', NULL)) AS made (status, told),
            generate_series(1, 20000)
    """)
    due = await taken(database)
    await others_are_told(database)
    async with database.transaction() as session:
        await session.execute(crowd)
        await session.execute(text("ANALYZE outgoing_sms"))
        # Each compared with every end that was told before it, they took a minute.
        await session.execute(text("SET LOCAL statement_timeout = '3s'"))
        assert await untold.settle(session) == 1
    assert (await row_of(database, due)).status is SmsStatus.unknown
