"""The line to bearerbox: nothing is acknowledged before it is kept, and nothing said to be sent before it is taken."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations import inbound
from api.conversations.routes import NotSent, Refused, Sms, Unsure
from api.conversations.sms_tables import IncomingSms, SmsReceipt, SmsStatus
from api.core.background import background
from api.core.database import Database
from api.core.sealing import Sealer
from api.core.sms_settings import ProviderSettings
from channels.sms.bearerbox import Bearerbox, link
from channels.sms.bearerbox.wire import Answer, Kind, SmsType, Value, pack, unpack

PHONE = "+33639980001"
SMS = Sms(uuid4(), PHONE, "Bonjour")


@dataclass
class Gateway:
    """A bearerbox that does as it is told."""

    answer: Answer | None = Answer.taken
    port: int = 0
    asked: list[dict[str, Value]] = field(default_factory=list)
    acknowledged: list[bytes] = field(default_factory=list)
    named: list[Value] = field(default_factory=list)
    heard: asyncio.Condition = field(default_factory=asyncio.Condition)
    _lines: "asyncio.Queue[StreamWriter]" = field(default_factory=asyncio.Queue)

    async def line(self) -> StreamWriter:
        """The next box that calls."""
        async with asyncio.timeout(5):
            return await self._lines.get()

    async def serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        """One box, until it hangs up."""
        try:
            while True:
                kind, fields = unpack(await reader.readexactly(int.from_bytes(await reader.readexactly(4))))
                async with self.heard:
                    self._hear(writer, kind, fields)
                    self.heard.notify_all()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    def _hear(self, writer: StreamWriter, kind: Kind, fields: dict[str, Value]) -> None:
        if kind is Kind.admin:
            self.named.append(fields["boxc_id"])
            self._lines.put_nowait(writer)
        elif kind is Kind.ack and isinstance(fields["id"], bytes):
            self.acknowledged.append(fields["id"])
        elif kind is Kind.sms:
            self.asked.append(fields)
            if self.answer is not None:
                writer.write(pack(Kind.ack, {"nack": self.answer, "time": fields["time"], "id": fields["id"]}))


@pytest_asyncio.fixture
async def gateway() -> AsyncIterator[Gateway]:
    made = Gateway()
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    yield made
    server.close()


@pytest_asyncio.fixture
async def box(
    gateway: Gateway, database: Database, sealer: Sealer, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Bearerbox]:
    monkeypatch.setattr(link, "AGAIN_SECONDS", 0.05)
    settings = ProviderSettings(
        kind="bearerbox", url=f"tcp://127.0.0.1:{gateway.port}", sender="38080", timeout_seconds=0.5
    )
    async with httpx.AsyncClient() as http:
        made = Bearerbox("kannel", settings, http)
        async with background(made.listen(database, sealer)):
            yield made


def came_in(text: bytes = b"Bonjour", coding: int = 0, **other: Value) -> bytes:
    """Somebody's SMS, as bearerbox hands it over."""
    fields: dict[str, Value] = {"sender": PHONE.encode(), "receiver": b"38080", "msgdata": text, "id": b"one"}
    fields |= {"time": 1_764_000_000, "sms_type": SmsType.came_in, "coding": coding}
    return pack(Kind.sms, fields | other)


async def until_acknowledged(gateway: Gateway, *ids: bytes) -> None:
    async with asyncio.timeout(5), gateway.heard:
        await gateway.heard.wait_for(lambda: set(gateway.acknowledged) == set(ids))


@contextmanager
def no_database(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing can be kept inside this block."""

    async def broken(session: AsyncSession, *_: object) -> None:
        raise OperationalError("INSERT", {}, OSError())

    with monkeypatch.context() as patched:
        patched.setattr(inbound, "store", broken)
        yield


async def texts(database: Database, sealer: Sealer) -> dict[str, str | None]:
    async with database.transaction() as session:
        rows = list(await session.scalars(select(IncomingSms)))
    return {row.reference: sealer.open(row.sealed or b"") for row in rows}


@pytest.mark.parametrize(
    ("body", "coding", "text"),
    [("Été à 5 €".encode(), 0, "Été à 5 €"), ("ê😀".encode("utf-16-be"), 2, "ê😀"), (b"", 0, "")],
)
async def test_an_sms_is_kept_then_acknowledged(
    box: Bearerbox, gateway: Gateway, database: Database, sealer: Sealer, body: bytes, coding: int, text: str
) -> None:
    (await gateway.line()).write(came_in(body, coding))
    await until_acknowledged(gateway, b"one")
    assert await texts(database, sealer) == {"one": text}


async def test_what_could_not_be_kept_is_not_acknowledged_and_comes_again(
    box: Bearerbox, gateway: Gateway, database: Database, sealer: Sealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with no_database(monkeypatch):
        (await gateway.line()).write(came_in())
        again = await gateway.line()
    assert gateway.acknowledged == []
    again.write(came_in())
    await until_acknowledged(gateway, b"one")
    assert await texts(database, sealer) == {"one": "Bonjour"}


async def test_many_come_together_and_each_is_kept_once(
    box: Bearerbox, gateway: Gateway, database: Database, sealer: Sealer
) -> None:
    ids = [f"id-{number}".encode() for number in range(120)]
    line = await gateway.line()
    line.write(b"".join(came_in(id=one) for one in [*ids, *ids[:20]]))
    await until_acknowledged(gateway, *ids)
    assert set(await texts(database, sealer)) == {one.decode() for one in ids}


@pytest.mark.parametrize(
    "packet",
    [
        came_in(b"\xff\xfe\x00", 1),
        came_in(b"\xd8", 2),
        came_in(sender=None),
        came_in(sms_type=SmsType.receipt, dlr_mask=3, dlr_url=b"x"),
        came_in(sms_type=SmsType.receipt, dlr_mask=1, dlr_url=None),
    ],
)
async def test_what_cannot_be_read_does_not_stop_what_follows(
    box: Bearerbox, gateway: Gateway, database: Database, sealer: Sealer, packet: bytes
) -> None:
    line = await gateway.line()
    line.write(packet + came_in(id=b"two"))
    await until_acknowledged(gateway, b"one", b"two")
    assert set(await texts(database, sealer)) == {"two"}


async def test_rubbish_ends_the_line_and_the_next_one_works(
    box: Bearerbox, gateway: Gateway, database: Database, sealer: Sealer
) -> None:
    (await gateway.line()).write(b"GET / HTTP/1.1\r\n\r\n")
    (await gateway.line()).write(came_in())
    await until_acknowledged(gateway, b"one")
    assert await texts(database, sealer) == {"one": "Bonjour"}


async def test_a_receipt_is_kept_with_our_id_and_without_the_text_that_it_repeats(
    box: Bearerbox, gateway: Gateway, database: Database
) -> None:
    told = b"id:1A sub:001 dlvrd:000 submit date:2611251000 done date:2611251001 stat:UNDELIV err:001 text:'Bonjour'"
    receipt: dict[str, Value] = {"sms_type": SmsType.receipt, "dlr_mask": 2, "dlr_url": str(SMS.id).encode()}
    (await gateway.line()).write(came_in(told, 0, **receipt))
    await until_acknowledged(gateway, b"one")
    async with database.transaction() as session:
        row = (await session.scalars(select(SmsReceipt))).one()
    assert (row.reference, row.status, row.code) == (str(SMS.id), SmsStatus.failed, "unreachable")


async def test_what_goes_out_bears_our_id_and_is_taken_once_bearerbox_has_it(box: Bearerbox, gateway: Gateway) -> None:
    await gateway.line()
    await box.send(SMS)
    [asked] = gateway.asked
    assert (asked["id"], asked["dlr_url"], asked["receiver"]) == (str(SMS.id).encode(),) * 2 + (PHONE.encode(),)
    assert (asked["coding"], asked["msgdata"], asked["dlr_mask"]) == (0, b"Bonjour", 31)


async def test_the_alphabet_is_ours_to_choose(box: Bearerbox, gateway: Gateway) -> None:
    await gateway.line()
    await box.send(Sms(uuid4(), PHONE, "ê😀"))
    assert (gateway.asked[0]["coding"], gateway.asked[0]["msgdata"]) == (2, "ê😀".encode("utf-16-be"))


@pytest.mark.parametrize(
    ("answer", "raises"), [(Answer.refused, Refused), (Answer.not_now, NotSent), (None, Unsure), (Answer.kept, None)]
)
async def test_what_bearerbox_says_is_what_we_know(
    box: Bearerbox, gateway: Gateway, answer: Answer | None, raises: type[Exception] | None
) -> None:
    await gateway.line()
    gateway.answer = answer
    if raises is None:
        await box.send(SMS)
    else:
        with pytest.raises(raises) as raised:
            await box.send(SMS)
        assert type(raised.value) is raises


async def test_a_line_that_breaks_while_we_wait_leaves_us_unsure(box: Bearerbox, gateway: Gateway) -> None:
    line = await gateway.line()
    gateway.answer = None
    sending = asyncio.create_task(box.send(SMS))
    await asyncio.sleep(0.05)
    line.close()
    with pytest.raises(Unsure):
        await sending


async def test_without_a_line_nothing_has_left(database: Database) -> None:
    settings = ProviderSettings(kind="bearerbox", url="tcp://127.0.0.1:9", sender="38080")
    async with httpx.AsyncClient() as http:
        with pytest.raises(NotSent):
            await Bearerbox("kannel", settings, http).send(SMS)


@pytest.mark.parametrize(("box_name", "said"), [("hent", b"hent"), ("", None)])
async def test_a_box_with_a_name_says_it_and_gets_its_own_receipts(
    gateway: Gateway, database: Database, sealer: Sealer, box_name: str, said: bytes | None
) -> None:
    settings = ProviderSettings(
        kind="bearerbox", url=f"tcp://127.0.0.1:{gateway.port}", sender="38080", box=box_name, timeout_seconds=0.5
    )
    async with httpx.AsyncClient() as http:
        named = Bearerbox("kannel", settings, http)
        async with background(named.listen(database, sealer)):
            await gateway.line()
            await named.send(SMS)
    assert (gateway.named, gateway.asked[0]["boxc_id"]) == ([said], said)
