"""The line to bearerbox: what it hands over is acknowledged once it is kept, and what we hand over once it has it."""

import asyncio
import logging
from asyncio import StreamReader, StreamWriter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress

from api.conversations.routes import NotSent, Refused, Unsure, Why
from channels.sms.bearerbox.wire import IDENTIFY, LONGEST, Answer, Garbled, Kind, Value, pack, unpack

log = logging.getLogger("hent.bearerbox")

AGAIN_SECONDS = 1.0
AT_ONCE = 50
"""SMS and receipts kept in one transaction."""
Packet = dict[str, Value]
Keep = Callable[[list[Packet]], Awaitable[None]]
"""Keeps all of them for good, or raises."""


class Link:
    """One connection, made again whenever it breaks. What is not acknowledged bearerbox hands over again.

    `name`: which box we are; None where there is no other.
    """

    def __init__(self, host: str, port: int, patience: float, name: bytes | None) -> None:
        self._host, self._port, self._patience, self._name = host, port, patience, name
        self._writer: StreamWriter | None = None
        self._asked: dict[bytes, asyncio.Future[int]] = {}

    async def run(self, keep: Keep) -> None:
        """Hear bearerbox until cancelled."""
        while True:
            try:
                await self._hear(keep)
            # A database that is away is an OSError or SQLAlchemy's: whatever it is, nothing was acknowledged.
            except Exception as error:
                log.warning("bearerbox is heard again in %s s: %s", AGAIN_SECONDS, type(error).__name__)
            await asyncio.sleep(AGAIN_SECONDS)

    async def hand_over(self, fields: Mapping[str, Value]) -> None:
        """Until bearerbox has it on its disk. Raises NotSent, Refused, Unsure."""
        if self._writer is None:
            raise NotSent(Why.provider_down)
        identity = fields["id"]
        assert isinstance(identity, bytes)
        answer: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._asked[identity] = answer
        try:
            self._writer.write(pack(Kind.sms, fields))
            async with asyncio.timeout(self._patience):
                await self._writer.drain()
                said = await answer
        except (OSError, TimeoutError) as error:
            raise Unsure from error
        finally:
            self._asked.pop(identity, None)
        if said == Answer.refused:
            raise Refused(Why.refused)
        if said not in (Answer.taken, Answer.kept):
            raise NotSent(Why.provider_down)

    async def _hear(self, keep: Keep) -> None:
        reader, writer = await asyncio.open_connection(self._host, self._port)
        try:
            writer.write(pack(Kind.admin, {"command": IDENTIFY, "boxc_id": self._name}))
            self._writer = writer
            await self._read(reader, writer, keep)
        finally:
            self._writer = None
            for answer in self._asked.values():
                if not answer.done():
                    answer.set_exception(ConnectionResetError())
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    async def _read(self, reader: StreamReader, writer: StreamWriter, keep: Keep) -> None:
        """What comes while a transaction is open waits, and is kept together by the next one."""
        came: asyncio.Queue[Packet] = asyncio.Queue(AT_ONCE)
        async with asyncio.TaskGroup() as group:
            keeper = group.create_task(_keep_all(came, writer, keep))
            while packet := await _next(reader):
                kind, fields = packet
                if kind is Kind.ack:
                    self._answer(fields)
                elif kind is Kind.sms:
                    await came.put(fields)
            keeper.cancel()

    def _answer(self, fields: Packet) -> None:
        identity, said = fields["id"], fields["nack"]
        answer = self._asked.get(identity) if isinstance(identity, bytes) else None
        if answer and not answer.done() and isinstance(said, int):
            answer.set_result(said)


async def _next(reader: StreamReader) -> tuple[Kind, Packet] | None:
    """The next packet; None once bearerbox has hung up. Raises Garbled."""
    try:
        length = int.from_bytes(await reader.readexactly(4))
        if length > LONGEST:
            raise Garbled
        return unpack(await reader.readexactly(length))
    except (asyncio.IncompleteReadError, ConnectionError):
        return None


async def _keep_all(came: "asyncio.Queue[Packet]", writer: StreamWriter, keep: Keep) -> None:
    while True:
        batch = [await came.get()]
        while not came.empty() and len(batch) < AT_ONCE:
            batch.append(came.get_nowait())
        await keep(batch)
        for fields in batch:
            writer.write(pack(Kind.ack, {"nack": Answer.taken, "time": fields["time"], "id": fields["id"]}))
        await writer.drain()
