"""What is done in a running house with its own key and its own functions: a personal link, a look at another hour."""

import asyncio
from collections.abc import Awaitable, Callable

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.sms_tables import OutgoingSms, SmsKind
from api.core.clock import now
from api.core.database import Database
from api.core.quiet_hours import next_allowed
from api.core.sealing import Sealer
from api.desk.sweeping import ONE_AT_A_TIME, sweep
from api.identity.links import make
from tests.journeys.records import Records


def personal_link(records: Records, phone: str) -> str:
    """The token of a new link to the file of this number."""
    rows = records.all("SELECT id FROM beneficiaries WHERE phone = :phone", phone=phone)
    assert len(rows) == 1, f"one file has the number {phone}"

    async def made(session: AsyncSession, sealer: Sealer) -> str:
        return await make(session, sealer, rows[0][0], now())

    return asyncio.run(_in_the_house(records, made))


def swept_by_day(records: Records) -> None:
    """What the worker's sweep does at an hour at which telephones may ring, and what it puts out leaves now."""

    async def swept(session: AsyncSession, sealer: Sealer) -> None:
        # The worker looks every 20 s, and of two who look at once one does nothing.
        await session.execute(select(func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
        await sweep(session, sealer, next_allowed(now()), public_url=records.stack.url)
        await session.execute(
            update(OutgoingSms).where(OutgoingSms.kind == SmsKind.nudge).values(next_attempt_at=now())
        )

    asyncio.run(_in_the_house(records, swept))


async def _in_the_house[T](records: Records, do: Callable[[AsyncSession, Sealer], Awaitable[T]]) -> T:
    """Done in the house's own database, with its own key."""
    secrets = (records.stack.folder / "secrets.env").read_text()
    key = next(line.partition("=")[2].strip() for line in secrets.splitlines() if line.startswith("HENT_SECRET_KEY"))
    database = Database(records.stack.database_url)
    async with database.transaction() as session:
        done = await do(session, Sealer(key))
    await database.close()
    return done
