"""An operator for tests: SMPP 3.4 over loopback, as much of it as Kannel speaks, and the handsets behind it."""

import asyncio
import struct
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

import smsutil  # noqa: F401  (registers the codec gsm0338)

BIND = {0x01, 0x02, 0x09}
UNBIND, ENQUIRE, SUBMIT, DELIVER, ANSWER = 0x06, 0x15, 0x04, 0x05, 0x80000000
UDH, RECEIPT = 0x40, 0x04
HEADER = struct.Struct(">IIII")
ROOM = {0: 153, 8: 134}
"""Octets of a part beside its header, as they travel here: one a septet, two a unit of UCS-2."""
ALONE = {0: 160, 8: 140}
RING = 0.3
"""Seconds until a telephone has a message."""
NOT_NOW, AGAIN = 0x64, 1.0
"""ESME_RX_T_APPN: a gateway that is just starting takes nothing yet; seconds until it is asked again."""
OURS = "38080"
CODECS = {0: "gsm0338", 8: "utf-16-be"}


@dataclass(frozen=True)
class Part:
    """One `submit_sm`: what the operator bills."""

    id: str
    sender: str
    phone: str
    coding: int
    body: bytes
    place: tuple[int, int, int] | None
    """(reference, how many, which), of a message in several parts."""


class Fields:
    """Reads a body from its beginning."""

    def __init__(self, body: bytes) -> None:
        self.rest = body

    def text(self) -> str:
        """Up to the next zero."""
        read, _, self.rest = self.rest.partition(b"\0")
        return read.decode()

    def octets(self, length: int) -> bytes:
        """So many."""
        read, self.rest = self.rest[:length], self.rest[length:]
        return read

    def number(self) -> int:
        """One octet."""
        return self.octets(1)[0]


@dataclass
class Smsc:
    """What it does next may be changed at any moment: `receipt` None says nothing, `refuse` is a command_status."""

    parts: list[Part] = field(default_factory=list)
    receipt: str | None = "DELIVRD"
    refuse: int = 0
    untold: set[str] = field(default_factory=set)
    """Telephones of which it never tells anything."""
    bound: asyncio.Event = field(default_factory=asyncio.Event)
    _links: list[asyncio.StreamWriter] = field(default_factory=list)
    _sequence: "count[int]" = field(default_factory=lambda: count(1))
    _ids: "count[int]" = field(default_factory=lambda: count(0x1A2B3C))
    _unheard: dict[int, bytes] = field(default_factory=dict)
    """What nobody has acknowledged, by its sequence: said again to whoever binds next."""
    _server: asyncio.Server | None = None

    async def listen(self, port: int) -> None:
        """Take calls on this port of loopback."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", port)

    async def close(self) -> None:
        """Hang up."""
        if self._server:
            self._server.close()
        for link in self._links:
            link.close()

    def write(self, phone: str, text: str, order: list[int] | None = None, to: str = OURS) -> None:
        """Somebody writes to us, or to `to`; `order` says in which order the parts of a long message come."""
        coding = 0 if _is_gsm(text) else 8
        body = text.encode(CODECS[coding])
        pieces = [body] if len(body) <= ALONE[coding] else _cut(body, ROOM[coding])
        for which in order or range(len(pieces)):
            header = bytes((5, 0, 3, 77, len(pieces), which + 1)) if len(pieces) > 1 else b""
            self._deliver(phone, to, header + pieces[which], coding, UDH if header else 0)

    def handset(self, phone: str) -> list[str]:
        """The messages that this telephone shows, each put together from its parts."""
        whole: list[str] = []
        gathered: dict[tuple[int, int], dict[int, bytes]] = defaultdict(dict)
        for part in (part for part in self.parts if part.phone == phone):
            if part.place is None:
                whole.append(part.body.decode(CODECS[part.coding]))
                continue
            reference, how_many, which = part.place
            gathered[reference, how_many][which] = part.body
            if len(gathered[reference, how_many]) == how_many:
                pieces = gathered.pop((reference, how_many))
                whole.append(b"".join(pieces[place] for place in sorted(pieces)).decode(CODECS[part.coding]))
        return whole

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                length, command, status, sequence = HEADER.unpack(await reader.readexactly(HEADER.size))
                body = await reader.readexactly(length - HEADER.size)
                self._hear(writer, command, status, sequence, body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            self._links = [link for link in self._links if link is not writer]
            writer.close()

    def _hear(self, writer: asyncio.StreamWriter, command: int, status: int, sequence: int, body: bytes) -> None:
        if command in BIND:
            _say(writer, command | ANSWER, 0, sequence, b"SMSC\0")
            self._links.append(writer)
            self.bound.set()
            for unheard, said in self._unheard.items():
                _say(writer, DELIVER, 0, unheard, said)
        elif command == DELIVER | ANSWER:
            if status == NOT_NOW:
                asyncio.get_running_loop().call_later(AGAIN, self._say_again, sequence)
            else:
                self._unheard.pop(sequence, None)
        elif command == SUBMIT:
            self._submit(writer, sequence, body)
        elif command in {ENQUIRE, UNBIND}:
            _say(writer, command | ANSWER, 0, sequence)

    def _submit(self, writer: asyncio.StreamWriter, sequence: int, body: bytes) -> None:
        if self.refuse:
            _say(writer, SUBMIT | ANSWER, self.refuse, sequence)
            return
        part, wants_receipt = _read(f"{next(self._ids):08X}", body)
        self.parts.append(part)
        _say(writer, SUBMIT | ANSWER, 0, sequence, part.id.encode() + b"\0")
        if wants_receipt and self.receipt and part.phone not in self.untold:
            asyncio.get_running_loop().call_later(RING, self._tell, part, self.receipt)

    def _tell(self, part: Part, status: str) -> None:
        day = datetime.now(UTC).strftime("%y%m%d%H%M")
        good = int(status == "DELIVRD")
        said = f"id:{part.id} sub:001 dlvrd:{good:03} submit date:{day} done date:{day} stat:{status} err:{1 - good:03}"
        # Operators repeat here how the message begins.
        self._deliver(part.phone, part.sender, f"{said} text:{part.body[:20]!r}".encode(), 0, RECEIPT)

    def _say_again(self, sequence: int) -> None:
        if self._links and sequence in self._unheard:
            _say(self._links[-1], DELIVER, 0, sequence, self._unheard[sequence])

    def _deliver(self, source: str, target: str, body: bytes, coding: int, esm: int) -> None:
        pdu = b"\0" + _address(source) + _address(target) + bytes((esm, 0, 0)) + b"\0\0" + bytes((0, 0, coding, 0))
        sequence = next(self._sequence)
        self._unheard[sequence] = pdu + bytes((len(body),)) + body
        self._say_again(sequence)


def _is_gsm(text: str) -> bool:
    try:
        text.encode("gsm0338")
    except UnicodeEncodeError:
        return False
    return True


def _cut(body: bytes, size: int) -> list[bytes]:
    return [body[at : at + size] for at in range(0, len(body), size)]


def _address(number: str) -> bytes:
    """Type of number, numbering plan, digits: international if it says so, a short code otherwise."""
    return bytes((1 if number.startswith("+") else 3, 1)) + number.removeprefix("+").encode() + b"\0"


def _say(writer: asyncio.StreamWriter, command: int, status: int, sequence: int, body: bytes = b"") -> None:
    if not writer.is_closing():
        writer.write(HEADER.pack(HEADER.size + len(body), command, status, sequence) + body)


def _read(identifier: str, body: bytes) -> tuple[Part, bool]:
    """A `submit_sm`, and whether a receipt is asked for (SMPP 3.4, 4.4.1)."""
    fields = Fields(body)
    fields.text()
    fields.octets(2)
    sender = fields.text()
    fields.octets(2)
    phone = fields.text()
    esm = fields.number()
    fields.octets(2)
    fields.text()
    fields.text()
    wants_receipt = bool(fields.number() & 1)
    fields.octets(1)
    coding = fields.number()
    fields.octets(1)
    said = fields.octets(fields.number())
    place = None
    if esm & UDH:
        header, said = said[: said[0] + 1], said[said[0] + 1 :]
        place = header[3], header[4], header[5]
    return Part(identifier, sender, f"+{phone.removeprefix('+')}", coding, said, place), wants_receipt
