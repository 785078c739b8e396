"""What stood in the outbox of a dump: what may have left since is held back, the rest goes in its time."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from api.conversations.routes import Why
from api.conversations.sms_tables import OutgoingSms, SmsStatus
from api.core.clock import now
from api.core.database import Database
from api.core.sealing import Sealer
from tests.api.backup.waking import left, put, restored, sms, status_of


@pytest.mark.parametrize(
    "row",
    [
        lambda: sms(SmsStatus.queued),
        lambda: sms(SmsStatus.queued, attempts=2, next_attempt_at=now() + timedelta(hours=1)),
        lambda: sms(SmsStatus.sending, provider="demo", attempts=1),
        lambda: sms(SmsStatus.sending, attempts=1, next_attempt_at=now() + timedelta(seconds=20)),
        lambda: sms(SmsStatus.unknown, provider="demo", attempts=1),
    ],
    ids=["queued", "to be tried again", "sending", "claimed", "unknown"],
)
async def test_what_may_have_left_since_is_held_back(
    living: Database, empty: str, tmp_path: Path, sealer: Sealer, row: Callable[[], OutgoingSms]
) -> None:
    one = await put(living, row())
    # Told of after it, so that a house which had not been restored would send `unknown` again.
    later = {"provider": "demo", "accepted_at": now() - timedelta(minutes=1), "sent_at": now() + timedelta(minutes=5)}
    await put(living, sms(SmsStatus.accepted, **later))
    woken = await restored(living, empty, tmp_path)
    assert await left(woken, sealer) == []
    assert await status_of(woken, one.id) == (SmsStatus.unknown, Why.restored)
    await woken.close()


async def test_what_nobody_told_of_before_is_as_unknown_as_it_was(living: Database, empty: str, tmp_path: Path) -> None:
    one = await put(living, sms(SmsStatus.unknown, provider="demo", attempts=1, why=Why.untold))
    woken = await restored(living, empty, tmp_path)
    assert await status_of(woken, one.id) == (SmsStatus.unknown, Why.untold)
    await woken.close()


async def test_what_was_not_due_yet_goes_in_its_time(
    living: Database, empty: str, tmp_path: Path, sealer: Sealer
) -> None:
    one = await put(living, sms(SmsStatus.queued, next_attempt_at=now() + timedelta(hours=8)))
    woken = await restored(living, empty, tmp_path)
    async with woken.transaction() as session:
        await session.execute(update(OutgoingSms).values(next_attempt_at=now()))
    assert await left(woken, sealer) == [one.id]
    await woken.close()


async def test_what_had_ended_stays_as_it_was(living: Database, empty: str, tmp_path: Path) -> None:
    rows = [
        await put(living, sms(status))
        for status in (SmsStatus.sent, SmsStatus.delivered, SmsStatus.failed, SmsStatus.dead)
    ]
    woken = await restored(living, empty, tmp_path)
    assert [(await status_of(woken, row.id)) for row in rows] == [(row.status, None) for row in rows]
    await woken.close()
