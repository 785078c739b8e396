"""Brevo's transactional SMS: outbound only, with receipts. Nobody can answer what goes out this way."""

import hmac
import json
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlencode

import httpx

from api.conversations.inbound import Arrived
from api.conversations.receipts import Told
from api.conversations.routes import NotSent, Refused, Sms, Unsure, Why
from api.conversations.sms_tables import SmsStatus
from api.core.errors import NotFound, Unreadable
from api.core.sms_settings import ProviderSettings
from channels.sms.provider import Call, fields, forged, known, needed, plain, post

EVENTS = {
    "accepted": (SmsStatus.accepted, ""),
    "sent": (SmsStatus.accepted, ""),
    "delivered": (SmsStatus.delivered, ""),
    "soft_bounce": (SmsStatus.failed, Why.unreachable),
    "hard_bounce": (SmsStatus.failed, Why.no_such_number),
    "rejected": (SmsStatus.failed, Why.refused),
    "blacklisted": (SmsStatus.failed, Why.refused),
    "skip": (SmsStatus.failed, Why.refused),
}
"""`msg_status` of a receipt, folded: it is written "softBounce" in one place and "soft_bounce" in another."""
_FOLDED = {name.replace("_", ""): what for name, what in EVENTS.items()}
REFUSALS = {
    401: NotSent(Why.credentials),
    402: NotSent(Why.no_credit),
    403: NotSent(Why.credentials),
    429: NotSent(Why.too_many),
    503: NotSent(Why.provider_down),
}
"""HTTP answers after which nothing has left, and that somebody may put right."""


class Brevo:
    """It signs nothing: each message's own address for receipts holds a signature of its id, made by us."""

    repeats_safely = hands_over_again = False
    tells_all = False

    def __init__(self, name: str, settings: ProviderSettings, http: httpx.AsyncClient) -> None:
        self._name, self._settings, self._http = name, settings, http

    async def send(self, sms: Sms) -> str | None:
        """201 with its reference."""
        headers = {"api-key": self._settings.secret_to_send, "content-type": "application/json"}
        answer = await post(self._http, self._settings.url, json.dumps(self._body(sms)).encode(), headers)
        if answer.is_success:
            return _reference(answer)
        if answer.status_code in REFUSALS:
            raise NotSent(REFUSALS[answer.status_code].why)
        raise Refused(Why.refused) if answer.is_client_error else Unsure

    def message(self, call: Call, now: datetime) -> Arrived:
        """There are none."""
        raise NotFound

    def receipt(self, call: Call, now: datetime) -> Told:
        """A POST of JSON: what became of the message that the address names."""
        reference = needed(call.query, "id")
        given = call.query.get("signature", "")
        if not known(given, [signature(secret, reference) for secret in self._settings.secrets_to_hear]):
            raise forged()
        said = needed(fields(call.body), "msg_status")
        event = _FOLDED.get(said.replace("_", "").lower())
        if event is None:
            raise Unreadable(error="unknown_status")
        return Told(reference, *event)

    def _body(self, sms: Sms) -> dict[str, object]:
        reference = str(sms.id)
        signed = {"id": reference, "signature": signature(self._settings.secrets_to_hear[0], reference)}
        return {
            "sender": self._settings.sender,
            "recipient": sms.phone.removeprefix("+"),
            "content": sms.text,
            "type": "transactional",
            "tag": reference,
            "unicodeEnabled": not plain(sms.text),
            "webUrl": f"{self._settings.callback_url.rstrip('/')}/sms/{self._name}/receipt?{urlencode(signed)}",
        }


def signature(secret: str, reference: str) -> str:
    """HMAC-SHA256 of a message's id, in hexadecimal."""
    return hmac.new(secret.encode(), reference.encode(), sha256).hexdigest()


def _reference(answer: httpx.Response) -> str | None:
    try:
        read = answer.json()
    except ValueError:
        return None
    return str(read["messageId"]) if isinstance(read, dict) and "messageId" in read else None
