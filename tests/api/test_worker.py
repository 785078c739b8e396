"""A worker touches nothing before the tables are those that it knows."""

import asyncio
import os
import socket
import subprocess
import sys
from pathlib import Path

from sqlalchemy import text

from api.core.database import Database
from api.migrations.run import head
from api.supervisor.ports import free_ports
from api.worker import wait_for_tables
from tests.stack import ROOT, until


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


def test_it_ends_when_it_is_told_to_without_an_error_in_its_log(database: Database, tmp_path: Path) -> None:
    port = free_ports(1)[0]
    given = {"SECRET_KEY": "key", "RASA_TOKEN": "token", "ACTIONS_TOKEN": "token", "ACTIONS_PORT": str(port)}
    env = {"PATH": os.defpath, "DATABASE_URL": database.url, **{f"HENT_{name}": value for name, value in given.items()}}
    with (tmp_path / "log").open("wb") as log:
        worker = subprocess.Popen(
            [sys.executable, "-m", "api.cli", "worker"], cwd=ROOT, env=env, stdout=log, stderr=log
        )
    try:
        until(lambda: listens(port), 30)
        worker.terminate()
        assert worker.wait(20) == 0
    finally:
        worker.kill()
    assert '"level": "error"' not in (tmp_path / "log").read_text()


def listens(port: int) -> bool:
    """Whether anybody answers there."""
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0
