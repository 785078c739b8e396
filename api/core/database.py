"""One PostgreSQL: sessions, transactions, and the word that wakes others up."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from time import monotonic
from typing import Any

from sqlalchemy import Engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

RESTS = 0.5
"""Seconds that a connection may rest before it is probed: no PostgreSQL comes back sooner."""
_USED = "used"
_LAST = "last"

IDLE = timedelta(seconds=10)
"""Nobody is waited for inside a transaction: one that says nothing for so long belongs to a process that is frozen.
PostgreSQL ends it and frees its locks, before a lease runs out and another worker comes for them."""
STATEMENT = timedelta(seconds=30)
"""A statement that lasts longer has nobody left who waits for its answer."""
NO_LIMIT = timedelta()
LINE: dict[str, Any] = {"connect_timeout": 10, "keepalives_idle": 15, "keepalives_interval": 5, "keepalives_count": 3}
"""A machine that lost its power says nothing: without probes its connection is believed for two hours."""

CHANNEL = "hent"
"""The one NOTIFY channel; payloads are `in:<conversation>` (work) and `out:<conversation>` (something to read)."""


class Database:
    """The engine of one process. Services never commit: whoever opens `transaction()` does, by leaving it.

    `statement`: how long one may last; NO_LIMIT in a command, where no page waits for it.
    """

    def __init__(self, url: str, pool_size: int = 10, statement: timedelta = STATEMENT) -> None:
        self.url = url
        self.engine: AsyncEngine = create_async_engine(
            url,
            pool_size=pool_size,
            connect_args=LINE | {"options": limits(IDLE, statement)},
            # SQL in an exception would carry what people wrote into the log.
            hide_parameters=True,
        )
        _probe_the_rested(self.engine.sync_engine)
        self.sessions = async_sessionmaker(self.engine, expire_on_commit=False)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """One transaction, committed when the block ends well and rolled back when it does not."""
        async with self.sessions.begin() as session:
            yield session
            for act in session.info.pop(_LAST, {}):
                await act(session)

    async def close(self) -> None:
        """Give every connection back."""
        await self.engine.dispose()


def at_last(session: AsyncSession, act: Callable[[AsyncSession], Awaitable[None]]) -> None:
    """Have something done when this transaction is about to end, once however often it is asked.

    For what locks rows that everybody needs: whoever waits for anything else meanwhile must not hold them.
    """
    session.info.setdefault(_LAST, {})[act] = None


def limits(idle: timedelta, statement: timedelta, lock: timedelta = NO_LIMIT) -> str:
    """What PostgreSQL itself ends, whatever becomes of us, as libpq's `options`."""
    lasts = {"idle_in_transaction_session_timeout": idle, "statement_timeout": statement, "lock_timeout": lock}
    # Its own probes, for the machine at our end.
    probes = {"tcp_keepalives_idle": 15, "tcp_keepalives_interval": 5, "tcp_keepalives_count": 3}
    milliseconds = {name: round(span / timedelta(milliseconds=1)) for name, span in lasts.items()}
    return " ".join(f"-c {name}={value}" for name, value in (milliseconds | probes).items())


def _probe_the_rested(engine: Engine) -> None:
    """Have every connection that rested probed as it leaves the pool; if it is dead, so are all, and others are made.

    A PostgreSQL that was restarted leaves dead ones. Under load a connection rests for milliseconds, and a probe at
    each transaction (`pool_pre_ping`) was a tenth of all round trips.
    """

    @event.listens_for(engine, "checkin")
    def note(_: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
        record.info[_USED] = monotonic()

    @event.listens_for(engine, "checkout")
    def probe(connection: DBAPIConnection, record: ConnectionPoolEntry, _: object) -> None:
        if monotonic() - record.info.get(_USED, monotonic()) < RESTS:
            return
        try:
            engine.dialect.do_ping(connection)
        except Exception as dead:
            raise InvalidatePoolError from dead


async def notify(session: AsyncSession, *payloads: str) -> None:
    """Wake whoever waits for one of `payloads`, when (and only if) this transaction commits."""
    every = text("SELECT pg_notify(:channel, payload) FROM unnest(CAST(:payloads AS text[])) AS payload")
    with session.no_autoflush:
        await session.execute(every, {"channel": CHANNEL, "payloads": list(payloads)})
