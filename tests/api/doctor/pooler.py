"""Something between us and PostgreSQL that does to a connection what PgBouncer 1.18 was seen to do."""

import asyncio
import struct
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url

NEW = 196608
"""Version 3.0 of the protocol; what else a connection may begin with asks for a cipher."""
REFUSAL = b"SFATAL\0C08P01\0Munsupported startup parameter: options\0\0"


@dataclass(frozen=True)
class Pooler:
    """In front of the PostgreSQL that listens at `socket`."""

    socket: Path
    ignores: bool
    """Whether it was told `ignore_startup_parameters = options`: it refuses them otherwise."""

    async def serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        """One connection, to its end."""
        given = await _given(reader, writer)
        if not self.ignores and b"options" in given:
            writer.write(b"E" + struct.pack("!i", len(REFUSAL) + 4) + REFUSAL)
            return writer.close()
        given.pop(b"options", None)
        answers, asks = await asyncio.open_unix_connection(str(self.socket))
        body = struct.pack("!i", NEW) + b"".join(b"%b\0%b\0" % pair for pair in given.items()) + b"\0"
        asks.write(struct.pack("!i", len(body) + 4) + body)
        await asyncio.gather(_pass(reader, asks), _greet(answers, writer))


async def _given(reader: StreamReader, writer: StreamWriter) -> dict[bytes, bytes]:
    """What a connection begins with, by its name."""
    while True:
        size, version = struct.unpack("!ii", await reader.readexactly(8))
        if version == NEW:
            words = (await reader.readexactly(size - 8)).split(b"\0")
            return dict(zip(words[0:-2:2], words[1:-1:2], strict=True))
        writer.write(b"N")


async def _greet(answers: StreamReader, writer: StreamWriter) -> None:
    """Hand over what PostgreSQL says, but for the number by which a statement is broken off: it is of our own."""
    kind = b""
    while kind != b"K":
        kind, size = struct.unpack("!ci", await answers.readexactly(5))
        said = await answers.readexactly(size - 4)
        writer.write(struct.pack("!ci", kind, size) + (b"\x7f" * len(said) if kind == b"K" else said))
    await _pass(answers, writer)


async def _pass(source: StreamReader, to: StreamWriter) -> None:
    while piece := await source.read(65536):
        to.write(piece)
    to.close()


@asynccontextmanager
async def pooling(url: str, *, ignores: bool) -> AsyncIterator[str]:
    """The address of a pooler in front of the database at `url`, which is reached by a socket."""
    behind = make_url(url)
    pooler = Pooler(Path(str(behind.query["host"])) / ".s.PGSQL.5432", ignores)
    async with await asyncio.start_server(pooler.serve, "127.0.0.1") as server:
        port = server.sockets[0].getsockname()[1]
        yield behind.set(host="127.0.0.1", port=port, query={}).render_as_string(hide_password=False)
