"""Kannel 1.4 without its smsbox: we are one of bearerbox's boxes, and neither side forgets what the other lacks.

Decision 0023 says why; docs/sms-provider.md shows the configuration that goes with this.
"""

import logging
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import urlsplit

import httpx

from api.conversations import inbound, receipts
from api.conversations.inbound import Arrived
from api.conversations.receipts import Told
from api.conversations.routes import Sms
from api.core.clock import now
from api.core.database import Database
from api.core.errors import NotFound, Unreadable
from api.core.sealing import Sealer
from api.core.sms_settings import ProviderSettings
from channels.sms.bearerbox.link import Link, Packet
from channels.sms.bearerbox.wire import SmsType
from channels.sms.kannel import ALL, code, status_of
from channels.sms.provider import Call, needed, plain, utf8

log = logging.getLogger("hent.bearerbox")

GSM_7, UCS_2 = 0, 2
"""Field `coding`. Bearerbox reads and writes the first as UTF-8."""


class Bearerbox:
    """Each SMS has the same id on both sides; receipts bring it back."""

    repeats_safely = False
    hands_over_again = True
    tells_all = True

    def __init__(self, name: str, settings: ProviderSettings, http: httpx.AsyncClient) -> None:
        where = urlsplit(settings.url)
        self._name, self._settings = name, settings
        self._box = settings.box.encode() or None
        self._link = Link(where.hostname or "", where.port or 0, settings.timeout_seconds, self._box)

    async def listen(self, database: Database, sealer: Sealer) -> None:
        """Keep what comes in, until cancelled. Several workers may listen: bearerbox gives each its share."""

        async def keep(came: list[Packet]) -> None:
            async with database.transaction() as session:
                for read in _read_all(came):
                    if isinstance(read, Told):
                        await receipts.store(session, self._name, read)
                    else:
                        await inbound.store(session, sealer, self._name, read)

        await self._link.run(keep)

    async def send(self, sms: Sms) -> None:
        """Whole: bearerbox cuts it as the operator's line needs it."""
        alphabet = GSM_7 if plain(sms.text) else UCS_2
        identity = str(sms.id).encode()
        await self._link.hand_over(
            {
                "sender": self._settings.sender.encode(),
                "receiver": sms.phone.encode(),
                "msgdata": sms.text.encode("utf-8" if alphabet == GSM_7 else "utf-16-be"),
                "time": int(time.time()),
                "id": identity,
                "sms_type": SmsType.goes_out,
                "coding": alphabet,
                "dlr_mask": int(ALL),
                "dlr_url": identity,
                # Receipts come to the box of this name, and those of no name to any box without one.
                "boxc_id": self._box,
            }
        )

    def message(self, call: Call, now: datetime) -> Arrived:
        """Nobody calls: it comes by the line."""
        raise NotFound

    def receipt(self, call: Call, now: datetime) -> Told:
        """Nobody calls: it comes by the line."""
        raise NotFound


def _read_all(came: Iterable[Packet]) -> Iterable[Arrived | Told]:
    """What can be read; the rest (settings of telephones) is acknowledged as well, or it would come for ever."""
    for packet in came:
        try:
            yield _receipt(packet) if packet["sms_type"] == SmsType.receipt else _message(packet)
        except Unreadable as error:
            log.warning("an SMS was not kept: %s", error.error)


def _message(packet: Packet) -> Arrived:
    said = {name: value.decode("utf-8", "replace") for name, value in packet.items() if isinstance(value, bytes)}
    body = packet["msgdata"]
    written = packet["time"]
    assert isinstance(written, int)
    return Arrived(
        reference=needed(said, "id"),
        phone=needed(said, "sender"),
        sender=needed(said, "receiver"),
        text=_text(body if isinstance(body, bytes) else b"", packet["coding"]),
        written_at=min(datetime.fromtimestamp(written, UTC), now()),
    )


def _text(body: bytes, coding: object) -> str:
    if coding == UCS_2:
        try:
            return body.decode("utf-16-be")
        except UnicodeDecodeError as error:
            raise Unreadable(error="not_utf16") from error
    return utf8(body)


def _receipt(packet: Packet) -> Told:
    said = {name: value.decode("utf-8", "replace") for name, value in packet.items() if isinstance(value, bytes)}
    return Told(needed(said, "dlr_url"), status_of(str(packet["dlr_mask"])), code(said.get("msgdata", "")))
