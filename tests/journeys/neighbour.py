"""Another service of the département, behind the smsbox of the same Kannel: what comes in for its own number."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

THEIRS = "38081"
"""Their number."""
SLOW = 0.05
"""Seconds until it answers: smsbox mostly has one in hand when it is killed."""


@dataclass
class Neighbour:
    """It takes whatever smsbox brings."""

    heard: list[str] = field(default_factory=list)

    @asynccontextmanager
    async def serving(self, port: int) -> AsyncIterator[None]:
        """It listens on this port of loopback until the block ends."""
        server = await asyncio.start_server(self._hear, "127.0.0.1", port)
        try:
            yield
        finally:
            server.close()

    async def _hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
                length = head.partition("content-length:")[2].partition("\r\n")[0]
                self.heard.append((await reader.readexactly(int(length))).decode())
                await asyncio.sleep(SLOW)
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()
