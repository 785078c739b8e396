"""Moments at which something may break: every statement, commit and call of whoever is at work.

Counted, not timed, so that a seed means the same on a slow machine.
"""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
from psycopg.errors import DiskFull
from sqlalchemy import event
from sqlalchemy.engine.interfaces import ExecutionContext
from sqlalchemy.util import await_only

from api.core.database import Database
from tests.faults.story import Asked, Fault, Handed, Kind

FREEZES = frozenset({Kind.frozen, Kind.slow})
NONE = 0


class Killed(BaseException):
    """The process died here. No `except` of ours may hear of it; its connection is dropped as the kernel would."""


@dataclass
class Actor:
    """Somebody at work, and what is to break."""

    name: str
    signal: asyncio.Event
    """Set when it stands still or has ended."""
    fault: Fault | None = None
    asked: list[Asked] = field(default_factory=list)
    handed: list[Handed] = field(default_factory=list)
    moment: int = 0
    pid: int = NONE
    """The PostgreSQL process that works for it, or did last."""
    hit: bool = False
    dead: bool = False
    since: timedelta = timedelta()
    """When it began, on the clock of the day."""
    about: UUID | None = None
    """The conversation that it answers."""
    broken: UUID | None = None
    """The one that it answered when something broke."""
    calls: int = 0
    """Above zero: another process works for it, and is not broken with it."""
    stands: bool = False
    go: asyncio.Event = field(default_factory=asyncio.Event)
    task: "asyncio.Task[Any] | None" = None

    def start(self, work: Coroutine[Any, Any, Any]) -> None:
        """Let it work; it ends, breaks, or stands still."""
        self.task = asyncio.create_task(self._run(work))

    async def _run(self, work: Coroutine[Any, Any, Any]) -> None:
        ACTOR.set(self)
        try:
            await work
        except Killed:
            self.dead = True
        finally:
            self.signal.set()

    @contextmanager
    def elsewhere(self) -> Iterator[None]:
        """What another process does for it."""
        self.calls += 1
        try:
            yield
        finally:
            self.calls -= 1

    @property
    def is_slow(self) -> bool:
        """Whether it stands still for a little while only."""
        return self.stands and self.fault is not None and self.fault.kind is Kind.slow

    @property
    def has_ended(self) -> bool:
        """Well or not."""
        return self.task is not None and self.task.done()

    def thaw(self, *, dies: bool) -> None:
        """Go on from where it stands."""
        self.dead = dies
        self.stands = False
        self.go.set()

    async def reach(self) -> Kind | None:
        """One more moment; what breaks here, if it is for the caller to break it. Raises Killed."""
        if self.calls:
            return None
        if self.dead:
            raise Killed
        self.moment += 1
        if self.hit or self.fault is None or self.moment < self.fault.at:
            return None
        self.hit, self.broken = True, self.about
        if self.fault.kind is Kind.killed:
            self.dead = True
            raise Killed
        if self.fault.kind in FREEZES:
            await self._stand()
            return None
        return self.fault.kind

    async def _stand(self) -> None:
        self.stands = True
        self.signal.set()
        await self.go.wait()
        if self.dead:
            raise Killed


ACTOR: ContextVar[Actor | None] = ContextVar("who is at work", default=None)


async def reach() -> Kind | None:
    """A moment outside PostgreSQL: Rasa or a provider is called. A connection that is cut has none to cut here."""
    actor = ACTOR.get()
    return await actor.reach() if actor else None


@dataclass
class Breaker:
    """Stands between SQLAlchemy and psycopg; `admin` is a connection that is never broken."""

    admin: "psycopg.AsyncConnection[Any]"

    def watch(self, database: Database) -> None:
        """Every statement and commit of this database is a moment."""
        engine = database.engine.sync_engine
        event.listen(engine, "do_execute", self._executes)
        event.listen(engine, "do_executemany", self._executes)
        commit = engine.dialect.do_commit

        def do_commit(connection: Any) -> None:
            broken = await_only(self._broken(connection.driver_connection, commits=True))
            commit(connection)
            if broken is Kind.unheard:
                await_only(self._lose(connection.driver_connection))
                raise psycopg.OperationalError("the server closed the connection unexpectedly")

        engine.dialect.do_commit = do_commit  # type: ignore[assignment,method-assign]

    def _executes(self, _cursor: Any, _statement: str, _parameters: Any, context: ExecutionContext) -> None:
        await_only(self._broken(context.root_connection.connection.driver_connection, commits=False))

    async def _broken(self, connection: Any, *, commits: bool) -> Kind | None:
        actor = ACTOR.get()
        if actor is None:
            return None
        actor.pid = connection.info.backend_pid
        kind = await actor.reach()
        if kind is Kind.unheard and not commits:
            # Not yet: at the commit of this transaction.
            actor.hit, actor.broken = False, None
            return None
        if kind is Kind.cut:
            await self._terminate(connection)
        if kind is Kind.full:
            raise DiskFull("could not extend file: No space left on device")
        return kind

    async def _terminate(self, connection: Any) -> None:
        await self.admin.execute("SELECT pg_terminate_backend(%s, 5000)", [connection.info.backend_pid])

    async def _lose(self, connection: Any) -> None:
        await self._terminate(connection)
        await connection.close()

    async def waits(self, actor: Actor) -> bool:
        """Whether it waits for a lock that somebody else holds."""
        row = await self.admin.execute("SELECT cardinality(pg_blocking_pids(%s)) > 0", [actor.pid])
        found = await row.fetchone()
        return bool(found and found[0])

    async def bury(self, waiting: list[int]) -> None:
        """Close what whoever died left open, if these wait for it.

        A kernel closes a dead process's connections at once; here they live until Python collects them, and one run in
        some four hundred stood still for ever.
        """
        left = (
            "state = 'idle in transaction' AND pid IN (SELECT unnest(pg_blocking_pids(one)) FROM unnest(%s::int[]) one)"
        )
        await self.admin.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {left}", [waiting])
