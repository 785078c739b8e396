"""A worker touches nothing before the tables are those that it knows."""

import asyncio

from sqlalchemy import text

from api.core.database import Database
from api.migrations.run import head
from api.worker import wait_for_tables


async def test_it_waits_for_the_tables_of_its_version(database: Database) -> None:
    await _version(database, "0001")
    waiting = asyncio.ensure_future(wait_for_tables(database, asyncio.Event()))
    await asyncio.sleep(0.2)
    assert not waiting.done()
    await _version(database, head())
    await asyncio.wait_for(waiting, 20)


async def test_it_can_be_ended_while_it_waits(database: Database) -> None:
    await _version(database, "0001")
    stop = asyncio.Event()
    waiting = asyncio.ensure_future(wait_for_tables(database, stop))
    stop.set()
    await asyncio.wait_for(waiting, 20)
    await _version(database, head())


async def _version(database: Database, number: str) -> None:
    async with database.transaction() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = :number"), {"number": number})
