"""Calls as each provider makes them: a good one, and what a forger, a repeater or a broken gateway makes of it."""

import base64
import json
import time
from dataclasses import dataclass, field, replace

from channels.sms.brevo import signature as brevo_signature
from channels.sms.generic import SIGNATURE, TIMESTAMP, signature

PHONE = "+33639980001"
TEXT = "Où en est mon dossier ? Mon fils est malade"
OLD, NEW = "the-old-secret-of-theirs", "the-new-secret-of-theirs"
"""Both are good while the one takes the place of the other."""
PROVIDERS = {
    name: {
        "kind": name,
        "url": f"http://{name}.example/send",
        "sender": "38080" if name == "kannel" else "Hent",
        "secret": f"ours-for-{name}-0123456789",
        "hook_secrets": [NEW, OLD],
        "callback_url": "http://127.0.0.1:8000",
    }
    for name in ("kannel", "brevo", "generic")
}
BEGAN = int(time.time())
"""Calls are made when tests are collected and played minutes later: the server's clock stays at this second."""
LINE = {"kind": "bearerbox", "url": "tcp://127.0.0.1:13001", "sender": "38080"}


@dataclass(frozen=True)
class Sent:
    """One call."""

    path: str
    method: str = "POST"
    query: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def changed(self, **given: object) -> "Sent":
        """The same, but for this."""
        return replace(self, **given)  # type: ignore[arg-type]


def basic(secret: str) -> dict[str, str]:
    """What Kannel makes of the secret in an address."""
    return {"authorization": "Basic " + base64.b64encode(f"hent:{secret}".encode()).decode()}


def kannel_in(reference: str = "m-1", text: str = TEXT, secret: str = NEW) -> Sent:
    """`post-url` with `send-sender`, recorded from Kannel 1.4.5."""
    headers = {"x-kannel-from": PHONE, "x-kannel-to": "38080", "content-type": "text/plain; charset=UTF-8"}
    query = {"id": reference, "ts": str(BEGAN)}
    return Sent("/sms/kannel/in", "POST", query, headers | basic(secret), text.encode())


def kannel_receipt(reference: str, kind: str = "1", said: str = "", secret: str = NEW) -> Sent:
    """`dlr-url`."""
    return Sent("/sms/kannel/receipt", "GET", {"id": reference, "type": kind, "said": said}, basic(secret))


def generic(where: str, message: dict[str, object], secret: str = NEW, at: int | None = None) -> Sent:
    """A signed call."""
    body, timestamp = json.dumps(message).encode(), str(BEGAN if at is None else at)
    headers = {TIMESTAMP: timestamp, SIGNATURE: signature(secret, timestamp, body), "content-type": "application/json"}
    return Sent(f"/sms/generic/{where}", "POST", {}, headers, body)


def generic_in(reference: str = "m-1", text: str = TEXT, secret: str = NEW, at: int | None = None) -> Sent:
    """An SMS."""
    return generic("in", {"id": reference, "from": PHONE, "to": "38080", "text": text}, secret, at)


def brevo_receipt(reference: str, said: str = "delivered", secret: str = NEW) -> Sent:
    """To the address that we gave with the message."""
    query = {"id": reference, "signature": brevo_signature(secret, reference)}
    body = {"msg_status": said, "to": PHONE.removeprefix("+"), "date": "2026-11-25 10:00:00"}
    return Sent("/sms/brevo/receipt", "POST", query, {"content-type": "application/json"}, json.dumps(body).encode())
