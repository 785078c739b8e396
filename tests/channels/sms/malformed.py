"""What a forger, a recorder and a broken gateway can make of one good call, for each provider."""

import json
from collections.abc import Iterator
from typing import Any

from channels.sms.generic import SIGNATURE, TIMESTAMP, signature
from tests.channels.sms.calls import NEW, TEXT, Sent, basic, generic

Call = tuple[str, Sent]

WORST = {
    "a NUL": "a\x00b",
    "a lone surrogate": "a\ud800b",
    "a sign that could not be read": "a\ufffdb",
    "a control": "a\x1bb",
    "nothing": "",
    "without end": "9" * 10_000,
}
"""Where a short word is awaited."""
UNREADABLE: dict[str, bytes] = {
    "nothing": b"",
    "Latin-1": "Ça dépend".encode("latin-1"),
    "UTF-16": "Ça dépend".encode("utf-16"),
    "cut in a letter": "dépend".encode()[:2],
    "form": b"id=m-1&from=0639980001&text=bonjour",
    "not closed": b'{"id": "m-1"',
    "a list": b'[{"id": "m-1"}]',
    "a word": b'"m-1"',
    "deep lists": b"[" * 60_000,
    "deep objects": b'{"id":' * 10_000 + b"1" + b"}" * 10_000,
    "a number without end": b'{"id": ' + b"1" * 5_000 + b"}",
    "no number": b'{"id": NaN, "from": Infinity}',
    "twice": b"{}{}",
}
"""Where a JSON object is awaited, in UTF-8."""
TOO_LARGE = b" " * 65_537
METHODS = ("GET", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


def forged(good: Sent) -> Iterator[Call]:
    """By somebody without the secret, or with what they recorded elsewhere."""
    yield (
        "nothing that proves anything",
        good.changed(headers=_without(good.headers, "authorization", SIGNATURE), query={}),
    )
    for given in ("Basic", "Basic é", "Basic aGVudA==", "Basic " + "A" * 5_000, f"Bearer {NEW}", "basic ::"):
        yield f"authorization {given[:12]}", _proved_by(good, given)
    for secret in ("", "a-guess", NEW[:-1], NEW + " ", NEW.upper()):
        yield f"another secret {secret[:8]}", _proved_by(good, basic(secret)["authorization"])
    yield "a body of another size", good.changed(body=TOO_LARGE, headers=_without(good.headers, "authorization"))


def unreadable_query(good: Sent) -> Iterator[Call]:
    """Each value that must be there, left out or spoilt; Brevo's address is signed, and so is forged by it."""
    for name in [name for name in good.query if name not in ("ts", "said")]:
        yield f"without {name}", good.changed(query=_without(good.query, name))
        for what, worst in WORST.items():
            # A lone surrogate cannot be written in an address.
            if "\ud800" not in worst:
                yield f"{name}: {what}", good.changed(query=good.query | {name: worst})
    for worst in ("demain", "-1", "1e9", "9" * 12, "٣٤", "1.5", "\x00"):
        if "ts" in good.query:
            yield f"ts: {worst!r}", good.changed(query=good.query | {"ts": worst})


def unreadable_kannel(good: Sent) -> Iterator[Call]:
    """With the secret, in headers and in the body."""
    for name in ("x-kannel-from", "x-kannel-to"):
        if name in good.headers:
            yield f"without {name}", good.changed(headers=_without(good.headers, name))
            for what, worst in WORST.items():
                if worst.isascii():
                    yield f"{name}: {what}", good.changed(headers=good.headers | {name: worst})
    if good.body:
        for what in ("Latin-1", "UTF-16", "cut in a letter"):
            yield f"body: {what}", good.changed(body=UNREADABLE[what])
        for charset in ("UTF-16BE", "ISO-8859-1", "windows-1252", "klingon"):
            named = {"content-type": f"text/plain; charset={charset}"}
            yield f"charset {charset}", good.changed(headers=good.headers | named)


def unreadable_signed(good: Sent) -> Iterator[Call]:
    """With a good signature, over whatever it is."""
    for what, body in UNREADABLE.items():
        yield f"body: {what}", _signed(good, body)
    whole = json.loads(good.body)
    for name in whole:
        yield f"without {name}", _signed(good, _json(_without(whole, name)))
        awaited = {} if name == "text" else WORST
        for what, worst in {
            **awaited,
            "null": None,
            "1": 1,
            "true": True,
            "list": [TEXT],
            "object": {"a": TEXT},
        }.items():
            yield f"{name}: {what}", _signed(good, _json(whole | {name: worst}))
    optional = {"written_at": ("hier", -1, 1.5, True, [1], "1" * 12), "code": ("a\x00b", "\ud800", ["E1"], {"a": TEXT})}
    for name, worsts in optional.items():
        if (name == "written_at") is good.path.endswith("/in"):
            for value in worsts:
                yield f"{name}: {value!r:.12}", _signed(good, _json(whole | {name: value}))
    for at in ("", "0", "-1", "demain", "1e9", "²", "9" * 12, "9" * 5_000):
        signed = {TIMESTAMP: at, SIGNATURE: signature(NEW, at, good.body)}
        yield f"signed at {at[:12]!r}", good.changed(headers=good.headers | signed)


def unreadable_brevo(good: Sent) -> Iterator[Call]:
    """To the address that we gave, so that it is signed."""
    for what, body in UNREADABLE.items():
        yield f"body: {what}", good.changed(body=body)
    for what, worst in {**WORST, "null": None, "1": 1, "list": ["delivered"], "unheard of": "replied"}.items():
        yield f"msg_status: {what}", good.changed(body=_json({"msg_status": worst}))
    yield "no msg_status", good.changed(body=_json({"to": "33639980001"}))


def too_large(good: Sent) -> Iterator[Call]:
    """More than is read."""
    yield "a large body", good.changed(body=TOO_LARGE, headers=_without(good.headers, SIGNATURE))
    for length in ("-1", "1e3", "99999999999", "9" * 5_000, "²"):
        yield f"content-length {length[:12]}", good.changed(headers=good.headers | {"content-length": length})


def other_methods(good: Sent, known: set[str]) -> Iterator[Call]:
    """`known`: those of the address."""
    for method in METHODS:
        if method not in known:
            yield method, good.changed(method=method)


UNREADABLE_BY = {"kannel": unreadable_kannel, "generic": unreadable_signed, "brevo": unreadable_brevo}


def malformed(provider: str, good: Sent, methods: set[str]) -> list[Call]:
    """All of it, of a good call to one address of one provider."""
    return [
        *forged(good),
        *unreadable_query(good),
        *UNREADABLE_BY[provider](good),
        *too_large(good),
        *other_methods(good, methods),
    ]


def _proved_by(good: Sent, given: str) -> Sent:
    """Where a proof of its kind is awaited."""
    headers = _without(good.headers, "authorization", SIGNATURE)
    if "signature" in good.query:
        return good.changed(query=good.query | {"signature": given})
    name = SIGNATURE if SIGNATURE in good.headers else "authorization"
    return good.changed(headers=headers | {name: given})


def _without(values: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in names}


def _json(read: object) -> bytes:
    return json.dumps(read).encode()


def _signed(good: Sent, body: bytes) -> Sent:
    at = generic("in", {}).headers[TIMESTAMP]
    return good.changed(body=body, headers=good.headers | {TIMESTAMP: at, SIGNATURE: signature(NEW, at, body)})
