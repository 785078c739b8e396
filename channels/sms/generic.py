"""Signed HTTP both ways, for any other contract: docs/sms-provider.md is what whoever stands at the other end reads."""

import hmac
import json
import re
import time
from datetime import datetime
from hashlib import sha256

import httpx

from api.conversations.inbound import Arrived
from api.conversations.receipts import LONGEST_CODE, Told
from api.conversations.routes import NotSent, Refused, Sms, Unsure, Why
from api.conversations.sms_tables import SmsStatus
from api.core.errors import Unreadable
from api.core.sms_settings import ProviderSettings
from channels.sms.provider import Call, fields, forged, instant, known, needed, post

STATUSES = {
    "accepted": SmsStatus.accepted,
    "delivered": SmsStatus.delivered,
    "failed": SmsStatus.failed,
    "unknown": SmsStatus.unknown,
}
"""What a receipt may say; its `code` is one of `Why`, or the provider's own word."""
REFUSALS = {
    401: NotSent(Why.credentials),
    402: NotSent(Why.no_credit),
    403: NotSent(Why.credentials),
    429: NotSent(Why.too_many),
    503: NotSent(Why.provider_down),
}
"""HTTP answers after which nothing has left, and that somebody may put right."""
TIMESTAMP, SIGNATURE = "x-hent-timestamp", "x-hent-signature"
FRESH_FOR = 300
"""Seconds. A call that is older, or as far ahead, was recorded and is played again."""


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """HMAC-SHA256 over the timestamp, a full stop and the body, in hexadecimal."""
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, sha256).hexdigest()


class Generic:
    """By contract the same id twice is one message: what was cut short goes once more."""

    repeats_safely = True
    hands_over_again = tells_all = False

    def __init__(self, name: str, settings: ProviderSettings, http: httpx.AsyncClient) -> None:
        self._name, self._settings, self._http = name, settings, http

    async def send(self, sms: Sms) -> str | None:
        """Any 2xx is taken; 409 too: it has it already."""
        message = {"id": str(sms.id), "to": sms.phone, "from": self._settings.sender, "text": sms.text}
        body = json.dumps(message, ensure_ascii=False).encode()
        answer = await post(self._http, self._settings.url, body, self._signed(body))
        if answer.is_success or answer.status_code == httpx.codes.CONFLICT:
            return _reference(answer)
        if answer.status_code in REFUSALS:
            raise NotSent(REFUSALS[answer.status_code].why)
        raise Refused(Why.refused) if answer.is_client_error else Unsure

    def message(self, call: Call, now: datetime) -> Arrived:
        """{"id", "from", "to", "text", "written_at"}: the last in seconds since 1970, and optional."""
        read = self._verified(call, now)
        text = read.get("text")
        if not isinstance(text, str):
            raise Unreadable(error="incomplete")
        written_at = instant(str(read.get("written_at") or ""), now)
        return Arrived(needed(read, "id"), needed(read, "from"), needed(read, "to"), text, written_at)

    def receipt(self, call: Call, now: datetime) -> Told:
        """{"id", "status", "code"}: our id, or the reference that the provider gave when it took the message."""
        read = self._verified(call, now)
        status = STATUSES.get(needed(read, "status"))
        if status is None:
            raise Unreadable(error="unknown_status")
        return Told(needed(read, "id"), status, needed(read, "code")[:LONGEST_CODE] if read.get("code") else "")

    def _verified(self, call: Call, now: datetime) -> dict[str, object]:
        timestamp = call.headers.get(TIMESTAMP, "")
        good = [signature(secret, timestamp, call.body) for secret in self._settings.secrets_to_hear]
        if not known(call.headers.get(SIGNATURE, ""), good):
            raise forged()
        # Ten digits last until 2286; Python refuses to read five thousand of them.
        if not re.fullmatch(r"[0-9]{1,11}", timestamp) or abs(now.timestamp() - int(timestamp)) > FRESH_FOR:
            raise forged()
        return fields(call.body)

    def _signed(self, body: bytes) -> dict[str, str]:
        timestamp = str(int(time.time()))
        made = signature(self._settings.secret_to_send, timestamp, body)
        return {"content-type": "application/json", TIMESTAMP: timestamp, SIGNATURE: made}


def _reference(answer: httpx.Response) -> str | None:
    try:
        read = answer.json()
    except ValueError:
        return None
    return read["reference"] if isinstance(read, dict) and isinstance(read.get("reference"), str) else None
