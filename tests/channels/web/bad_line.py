"""A network that breaks: a line between the page and the server that is cut after any byte, in either direction."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress


class BadLine:
    """Relays to a port. `cuts`: after how many bytes each of the next connections breaks; then they hold."""

    def __init__(self, port: int) -> None:
        self.to, self.up, self.cuts, self.port = port, True, list[int](), 0
        self._open: set[asyncio.Task[None]] = set()

    def cut(self) -> None:
        """Every connection that is open breaks, without a word to either side."""
        for relayed in self._open:
            relayed.cancel()

    async def relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until it ends or breaks."""
        mine = asyncio.current_task()
        assert mine
        self._open.add(mine)
        there: asyncio.StreamWriter | None = None
        left = [self.cuts.pop(0) if self.cuts else 1 << 40]
        try:
            if self.up:
                back, there = await asyncio.open_connection("127.0.0.1", self.to)
                async with asyncio.TaskGroup() as both:
                    both.create_task(_pass(reader, there, left))
                    both.create_task(_pass(back, writer, left))
        except (OSError, asyncio.CancelledError, ExceptionGroup):
            pass
        finally:
            self._open.discard(mine)
            for end in (writer, there):
                if end:
                    end.transport.abort()


class _Broken(OSError):
    """The line had its bytes."""


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, left: list[int]) -> None:
    while some := await reader.read(65_536):
        some = some[: left[0]]
        left[0] -= len(some)
        writer.write(some)
        with suppress(ConnectionError):
            await writer.drain()
        if not left[0]:
            raise _Broken
    raise _Broken


@asynccontextmanager
async def bad_line(port: int) -> AsyncIterator[BadLine]:
    """A line to this port of 127.0.0.1; where it listens is its own `port`."""
    line = BadLine(port)
    server = await asyncio.start_server(line.relay, "127.0.0.1", 0)
    line.port = server.sockets[0].getsockname()[1]
    try:
        yield line
    finally:
        server.close()
        line.cut()
