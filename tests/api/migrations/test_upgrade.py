"""An upgrade while people write: it waits for nobody, nobody waits for it, and the version of before goes on."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, NullPool, create_engine, inspect, text

from api.core.installation import Kind
from api.migrations import run
from api.migrations.run import DatabaseBusy, configuration, head, migrate

TAKEN = "LOCK TABLE conversations, messages IN ROW EXCLUSIVE MODE"
"""What whoever writes a message takes, and a step that changes one of the two, or refers to it, waits for."""

EARLIER = "0011"
"""What follows changes `messages`: a last step that does not would show nothing of who waits for whom."""
FIRST = "0010"
"""Before it nobody was served."""
SCRIPTS = ScriptDirectory(str(Path(run.__file__).parent))
ADDED = [script.revision for script in SCRIPTS.walk_revisions() if script.revision >= FIRST]


@pytest.fixture
def before(empty_url: str) -> str:
    """A database as an earlier version left it."""
    migrate(empty_url, Kind.demo, "x")
    with begun(empty_url) as connection:
        command.downgrade(configuration(connection), EARLIER)
    return empty_url


@contextmanager
def begun(url: str) -> Iterator[Connection]:
    with create_engine(url, poolclass=NullPool).begin() as connection:
        yield connection


def revision(url: str) -> str:
    with begun(url) as connection:
        return str(connection.scalar(text("SELECT version_num FROM alembic_version")))


def columns(url: str) -> dict[tuple[str, str], dict[str, Any]]:
    """Each column of each table, as PostgreSQL knows it."""
    with begun(url) as connection:
        known = inspect(connection).get_multi_columns()
    return {(str(table[1]), one["name"]): dict(one) for table, found in known.items() for one in found}


def test_a_held_table_is_waited_for_without_holding_up_whoever_writes(
    before: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "PAUSES", (0.2,) * 30)
    waits, ended = [], threading.Event()
    with ThreadPoolExecutor(1) as other:
        with begun(before) as holder:
            holder.execute(text(TAKEN))
            upgrade = other.submit(migrate, before, Kind.demo, "x")
            upgrade.add_done_callback(lambda _: ended.set())
            until = time.monotonic() + 2
            while time.monotonic() < until:
                begins = time.monotonic()
                with begun(before) as writer:
                    writer.execute(text(TAKEN))
                waits.append(time.monotonic() - begins)
            assert not ended.is_set()
        upgrade.result(30)
    assert revision(before) == head()
    assert run.LOCK.total_seconds() / 2 < max(waits) < 2


def test_a_table_that_stays_held_leaves_everything_as_it_was(before: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "PAUSES", (0.01,))
    known = revision(before)
    with begun(before) as holder:
        holder.execute(text(TAKEN))
        with pytest.raises(DatabaseBusy):
            migrate(before, Kind.demo, "x")
    assert revision(before) == known != head()


def test_two_upgrades_at_once_are_one(before: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "PAUSES", (0.2,) * 30)
    with ThreadPoolExecutor(2) as both:
        for one in [both.submit(migrate, before, Kind.demo, "x") for _ in range(2)]:
            one.result(30)
    assert revision(before) == head()


@pytest.mark.parametrize("added", ADDED)
def test_a_migration_takes_nothing_from_the_version_of_before(empty_url: str, added: str) -> None:
    """It goes on for a while on the new tables: what is to go, goes one version after its last use."""
    with begun(empty_url) as connection:
        command.upgrade(configuration(connection), f"{added}-1")
    known = columns(empty_url)
    with begun(empty_url) as connection:
        command.upgrade(configuration(connection), added)
    now = columns(empty_url)
    assert [name for name in known if name not in now] == []
    assert [name for name, column in known.items() if _shape(column) != _shape(now[name])] == []
    tables = {table for table, _ in known}
    new = [column for name, column in now.items() if name not in known and name[0] in tables]
    assert [one["name"] for one in new if not one["nullable"] and one["default"] is None] == []


def _shape(column: dict[str, Any]) -> tuple[str, bool]:
    return str(column["type"]), bool(column["nullable"])
