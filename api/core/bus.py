"""Being woken up: one LISTEN connection a process, and whoever waits for a word."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from api.core.database import CHANNEL, LINE

log = logging.getLogger("hent.bus")

RECONNECT_SECONDS = 1.0


class Bus:
    """Wakes those who wait for a payload, or for any payload that begins with a word ("in", "sms").

    A wake-up may be missed while PostgreSQL is away, so nobody may wait for ever: waiters look again by themselves.
    """

    def __init__(self, url: str) -> None:
        self._url = url.replace("postgresql+psycopg://", "postgresql://", 1)
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)
        self.ended = False
        """Whether the server ends: whoever waits for as long as somebody reads has to let go."""

    async def run(self) -> None:
        """Listen until cancelled, through every restart of PostgreSQL."""
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(self._url, autocommit=True, **LINE) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    self._wake_everyone()
                    async for heard in connection.notifies():
                        self.wake(heard.payload)
            except psycopg.OperationalError:
                log.warning("listening again in %s s", RECONNECT_SECONDS)
                await asyncio.sleep(RECONNECT_SECONDS)

    @contextmanager
    def waiting(self, key: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever `key` is heard; whoever waits clears it before looking."""
        event = asyncio.Event()
        self._waiting[key].add(event)
        try:
            yield event
        finally:
            self._waiting[key].discard(event)
            if not self._waiting[key]:
                del self._waiting[key]

    def wake(self, payload: str) -> None:
        """Wake those who wait for this payload, in this process."""
        for key in (payload, payload.partition(":")[0]):
            for event in self._waiting.get(key, ()):
                event.set()

    def end(self) -> None:
        """The server ends: nobody waits for anything any more."""
        self.ended = True
        self._wake_everyone()

    def _wake_everyone(self) -> None:
        for events in self._waiting.values():
            for event in events:
                event.set()


async def heard(event: asyncio.Event, seconds: float) -> bool:
    """Wait for the event, at most so long; whether it came."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return False
    return True
