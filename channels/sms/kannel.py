"""Kannel 1.4: any operator by SMPP, from the département's own server.

We call `sendsms`; it calls us for each SMS that comes in (`sms-service`, `post-url`) and for each receipt (`dlr-url`).
docs/sms-provider.md shows the configuration that goes with this file.
"""

import base64
import re
from datetime import datetime
from urllib.parse import urlsplit

import httpx

from api.conversations.inbound import Arrived
from api.conversations.receipts import Told
from api.conversations.routes import NotSent, Refused, Sms, Unsure, Why
from api.conversations.sms_tables import SmsStatus
from api.core.errors import Unreadable
from api.core.sms_settings import ProviderSettings
from channels.sms.provider import Call, forged, instant, known, needed, plain, post, utf8

TYPES = {
    "1": SmsStatus.delivered,
    "2": SmsStatus.failed,
    "4": SmsStatus.accepted,  # The operator keeps it until the telephone is on.
    "8": SmsStatus.accepted,
    "16": SmsStatus.failed,  # The operator did not take it.
}
"""Kannel's bits of `dlr-mask`; we ask for all five."""
ALL = "31"
REASONS = {
    "0x0000000a": Why.wrong_sender,
    "0x0000000b": Why.no_such_number,
    "0x00000014": Why.too_many,
    "0x00000058": Why.too_many,
    "UNDELIV": Why.unreachable,
    "EXPIRED": Why.expired,
    "DELETED": Why.refused,
    "REJECTD": Why.refused,
}
"""SMPP 3.4: `command_status` of a refusal (5.1.3), `stat` of a receipt (appendix B)."""
# What follows "text:" in a receipt is the beginning of the message: it is neither read nor kept.
_SAID = re.compile(r"NACK/(0x[0-9a-f]{8})|stat:([A-Z]{2,10})")
_ANSWERS = {403: NotSent(Why.credentials), 503: NotSent(Why.provider_down)}


class Kannel:
    """It gives no id of its own: ours stands in the address to which it sends receipts."""

    repeats_safely = False
    hands_over_again = True
    tells_all = True

    def __init__(self, name: str, settings: ProviderSettings, http: httpx.AsyncClient) -> None:
        self._name, self._settings, self._http = name, settings, http

    async def send(self, sms: Sms) -> None:
        """By POST: neither number nor text stands in an address. 202 is taken, by the operator or to be."""
        answer = await post(self._http, self._settings.url, sms.text.encode(), self._headers(sms))
        if answer.status_code in (200, 202):
            return
        if answer.status_code in _ANSWERS:
            raise NotSent(_ANSWERS[answer.status_code].why)
        raise Refused(Why.refused) if answer.is_client_error else Unsure

    def message(self, call: Call, now: datetime) -> Arrived:
        """The text is the body, in UTF-8 whatever the operator's alphabet (`mo-recode`)."""
        self._verify(call)
        return Arrived(
            reference=needed(call.query, "id"),
            phone=needed(call.headers, "x-kannel-from"),
            sender=needed(call.headers, "x-kannel-to"),
            text=utf8(call.body, call.headers.get("content-type", "")),
            written_at=instant(call.query.get("ts"), now),
        )

    def receipt(self, call: Call, now: datetime) -> Told:
        """A GET: all is in the address."""
        self._verify(call)
        status = status_of(needed(call.query, "type"))
        return Told(needed(call.query, "id"), status, code(call.query.get("said", "")))

    def _headers(self, sms: Sms) -> dict[str, str]:
        return {
            "Content-Type": "text/plain; charset=UTF-8",
            "X-Kannel-Username": self._settings.user,
            "X-Kannel-Password": self._settings.secret_to_send,
            "X-Kannel-From": self._settings.sender,
            "X-Kannel-To": sms.phone,
            # Kannel never chooses: with 0, letters outside of the alphabet go out as "?".
            "X-Kannel-Coding": "0" if plain(sms.text) else "2",
            "X-Kannel-DLR-Mask": ALL,
            "X-Kannel-DLR-Url": self._receipt_url(sms),
        }

    def _receipt_url(self, sms: Sms) -> str:
        where = urlsplit(self._settings.callback_url)
        base = f"{where.scheme}://hent:{self._settings.secrets_to_hear[0]}@{where.netloc}{where.path.rstrip('/')}"
        return f"{base}/sms/{self._name}/receipt?id={sms.id}&type=%d&said=%A"

    def _verify(self, call: Call) -> None:
        scheme, _, given = call.headers.get("authorization", "").partition(" ")
        try:
            _, _, password = base64.b64decode(given, validate=True).decode().partition(":")
        # Not base64, not ASCII, or not UTF-8 once decoded.
        except ValueError:
            password = ""
        if scheme.lower() != "basic" or not known(password, self._settings.secrets_to_hear):
            raise forged()


def status_of(told: str) -> SmsStatus:
    """What a receipt's type says. Raises Unreadable."""
    if told not in TYPES:
        raise Unreadable(error="unknown_type")
    return TYPES[told]


def code(said: str) -> str:
    """Why, from a receipt's text: one of `Why` where our table has it, else the operator's word."""
    found = _SAID.search(said)
    why = (found[1] or found[2]) if found else ""
    return REASONS.get(why, why)
