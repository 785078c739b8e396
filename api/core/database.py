"""One PostgreSQL: sessions, transactions, and the word that wakes others up."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

CHANNEL = "hent"
"""The one NOTIFY channel; payloads are `in:<conversation>` (work) and `out:<conversation>` (something to read)."""


class Database:
    """The engine of one process. Services never commit: whoever opens `transaction()` does, by leaving it."""

    def __init__(self, url: str, pool_size: int = 10) -> None:
        self.url = url
        self.engine: AsyncEngine = create_async_engine(
            url,
            pool_size=pool_size,
            # A PostgreSQL that was restarted leaves dead connections in the pool; one probe a checkout costs 0.1 ms.
            pool_pre_ping=True,
            # SQL in an exception would carry what people wrote into the log.
            hide_parameters=True,
        )
        self.sessions = async_sessionmaker(self.engine, expire_on_commit=False)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """One transaction, committed when the block ends well and rolled back when it does not."""
        async with self.sessions.begin() as session:
            yield session

    async def close(self) -> None:
        """Give every connection back."""
        await self.engine.dispose()


async def notify(session: AsyncSession, *payloads: str) -> None:
    """Wake whoever waits for one of `payloads`, when (and only if) this transaction commits."""
    every = text("SELECT pg_notify(:channel, payload) FROM unnest(CAST(:payloads AS text[])) AS payload")
    with session.no_autoflush:
        await session.execute(every, {"channel": CHANNEL, "payloads": list(payloads)})
