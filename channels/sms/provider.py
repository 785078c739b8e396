"""What every way in and out has: a call is verified and read, a message is handed over."""

import hmac
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

import httpx

from api.conversations import routes
from api.conversations.inbound import Arrived
from api.conversations.receipts import Told
from api.conversations.routes import NotSent, Unsure
from api.core.errors import NotAllowed, Unreadable
from api.texts.gsm import BASIC, ESCAPED

UTF8 = frozenset({"utf-8", "utf8", "us-ascii"})
"""What may be said of a body. UTF-16 often reads as UTF-8 too, with a NUL between the letters."""


@dataclass(frozen=True)
class Call:
    """What somebody sent to one of our addresses; names of headers in any case."""

    headers: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes


class Provider(routes.Provider, Protocol):
    """One file each beside this one, with its table of codes in words."""

    def message(self, call: Call, now: datetime) -> Arrived:
        """An SMS that came in. Raises NotAllowed (forged, too old), Unreadable, NotFound (it has none)."""

    def receipt(self, call: Call, now: datetime) -> Told:
        """What became of one that went out. Raises NotAllowed, Unreadable."""


def forged() -> NotAllowed:
    """What whoever cannot prove to be the provider is told."""
    return NotAllowed("Cet appel n'est pas signé par le fournisseur.", error="forged")


def known(given: str, secrets: Iterable[str]) -> bool:
    """Whether it is one of ours; every one is compared, in a time that says nothing."""
    found = False
    for secret in secrets:
        found |= hmac.compare_digest(given.encode(), secret.encode())
    return found


def plain(text: str) -> bool:
    """Whether the alphabet of text messages has all its letters; if not, it goes out in UCS-2."""
    return set(text) <= BASIC | ESCAPED


def needed(values: Mapping[str, Any], name: str) -> str:
    """A value that must be there, of a length that can be kept. Raises Unreadable."""
    value = values.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= 200 or not _kept_as_it_is(value):
        raise Unreadable(error="incomplete")
    return value


def _kept_as_it_is(value: str) -> bool:
    """Neither NUL nor half of a pair; and with U+FFFD for what could not be read, two ids would look the same."""
    return value.isprintable() and "\ufffd" not in value


def instant(seconds: str | None, now: datetime) -> datetime | None:
    """Seconds since 1970 as a moment, now at the latest; None without any. Raises Unreadable."""
    if not seconds:
        return None
    if not seconds.isascii() or not seconds.isdecimal() or len(seconds) > 11:
        raise Unreadable(error="unreadable_time")
    return min(datetime.fromtimestamp(int(seconds), UTC), now)


def utf8(body: bytes, said: str = "") -> str:
    """The text; `said` is the content type. Raises Unreadable."""
    charset = re.search(r"charset=\"?([\w.:-]+)", said, re.IGNORECASE)
    if charset and charset[1].lower() not in UTF8:
        raise Unreadable(error="not_utf8")
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise Unreadable(error="not_utf8") from error


def fields(body: bytes) -> dict[str, Any]:
    """A JSON object. Raises Unreadable."""
    try:
        read = json.loads(utf8(body))
    # Python's reader calls itself for each level: 60 kB of "[" end it.
    except (ValueError, RecursionError) as error:
        raise Unreadable(error="not_json") from error
    if not isinstance(read, dict):
        raise Unreadable(error="not_json")
    return read


async def post(http: httpx.AsyncClient, url: str, body: bytes, headers: Mapping[str, str]) -> httpx.Response:
    """The provider's answer. Raises NotSent if it surely never got the call, Unsure if it may have."""
    try:
        return await http.post(url, content=body, headers=headers)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise NotSent from error
    except httpx.HTTPError as error:
        raise Unsure from error
