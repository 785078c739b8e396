"""Waiters are woken by their own word, through a restart of the connection as well."""

import asyncio

import pytest_asyncio
from sqlalchemy import text

from api.core.background import background
from api.core.bus import Bus, heard
from api.core.database import Database, notify


@pytest_asyncio.fixture
async def bus(shared_database: Database) -> Bus:
    return Bus(shared_database.url)


async def say(database: Database, payload: str) -> None:
    async with database.transaction() as session:
        await notify(session, payload)


async def listening(bus: Bus) -> None:
    """Until the connection listens, which wakes everyone."""
    with bus.waiting("anything") as event:
        assert await heard(event, 5)


async def test_a_word_wakes_those_who_wait_for_it(bus: Bus, shared_database: Database) -> None:
    async with background(bus.run()):
        await listening(bus)
        with bus.waiting("out:a") as mine, bus.waiting("out:b") as other, bus.waiting("out") as all_of_them:
            await say(shared_database, "out:a")
            assert await heard(mine, 5)
            assert all_of_them.is_set()
            assert not other.is_set()


async def test_nothing_is_heard_of_a_transaction_that_fails(bus: Bus, shared_database: Database) -> None:
    async with background(bus.run()):
        await listening(bus)
        with bus.waiting("out:a") as event:
            try:
                async with shared_database.transaction() as session:
                    await notify(session, "out:a")
                    raise RuntimeError
            except RuntimeError:
                pass
            assert not await heard(event, 0.3)


async def test_a_lost_connection_is_made_again_and_wakes_everyone(bus: Bus, shared_database: Database) -> None:
    async with background(bus.run()):
        await listening(bus)
        with bus.waiting("out:a") as event:
            async with shared_database.transaction() as session:
                listeners = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
                await session.execute(listeners)
            assert await heard(event, 10)


async def test_nobody_waits_for_ever(bus: Bus) -> None:
    with bus.waiting("out:a") as event:
        assert not await heard(event, 0.01)
    assert not bus._waiting
    await asyncio.sleep(0)
