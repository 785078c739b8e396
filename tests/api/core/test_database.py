"""PostgreSQL ends what a frozen process left open: nobody waits for it for ever."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import InternalError

from api.conversations import leases
from api.core.database import IDLE, LINE, Database, limits

HOLDER = """
import asyncio, sys
from datetime import timedelta
from sqlalchemy import text
from api.core import database

database.IDLE = timedelta(seconds=1)

async def hold():
    async with database.Database(sys.argv[1]).transaction() as session:
        await session.execute(text("SELECT pg_advisory_xact_lock(29)"))
        print("held", flush=True)
        # It waits for nobody: it only has no time, as on a machine that swaps.
        await asyncio.to_thread(sys.stdin.readline)
        await session.execute(text("SELECT 1"))

asyncio.run(hold())
"""
TAKE = text("SELECT pg_advisory_xact_lock(29)")


@contextmanager
def holding(url: str) -> Iterator["subprocess.Popen[str]"]:
    """Another process, with a transaction open and a lock in it."""
    argv, pipe = [sys.executable, "-c", HOLDER, url], subprocess.PIPE
    with subprocess.Popen(argv, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == "held\n"
            yield process
        finally:
            process.kill()


async def test_a_frozen_process_holds_a_lock_no_longer_than_its_transaction_may_idle(
    database_url: str, database: Database
) -> None:
    with holding(database_url) as process:
        os.kill(process.pid, signal.SIGSTOP)
        begun = time.monotonic()
        async with database.transaction() as session:
            await session.execute(TAKE)
        assert time.monotonic() - begun < 5
        os.kill(process.pid, signal.SIGCONT)
        _, printed = process.communicate("go on\n", 20)
    # Whatever it does then is undone with its transaction, and it is told so.
    assert "IdleInTransactionSessionTimeout" in printed


async def test_a_killed_process_holds_nothing(database_url: str, database: Database) -> None:
    with holding(database_url) as process:
        process.kill()
        begun = time.monotonic()
        async with database.transaction() as session:
            await session.execute(TAKE)
        assert time.monotonic() - begun < 1


async def test_a_connection_has_its_limits_before_a_lease_runs_out(database: Database) -> None:
    async with database.transaction() as session:
        names = "idle_in_transaction_session_timeout", "statement_timeout"
        found = [await session.scalar(text(f"SHOW {name}")) for name in names]
    assert found == ["10s", "30s"]
    assert IDLE < leases.LASTS


async def stand_still(database: Database) -> None:
    async with database.transaction() as session:
        await session.execute(text("SELECT 1"))
        await asyncio.sleep(0.5)


async def test_whoever_idled_too_long_begins_again(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.core.database.IDLE", timedelta(milliseconds=100))
    slow = Database(database_url)
    with pytest.raises(InternalError) as ended:
        await stand_still(slow)
    assert ended.value.connection_invalidated
    async with slow.transaction() as session:
        assert await session.scalar(text("SELECT 1")) == 1
    await slow.close()


def test_a_machine_without_power_is_found_out_in_half_a_minute() -> None:
    asks = LINE["keepalives_idle"] + LINE["keepalives_interval"] * LINE["keepalives_count"]
    assert asks <= 30
    assert "tcp_keepalives_idle=15" in limits(IDLE, IDLE)
