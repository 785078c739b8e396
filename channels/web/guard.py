"""What stands between the internet and the pages: headers that forbid, a bound on bodies, a log that names no one."""

import logging
import time
from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.core import measures
from api.core.errors import TooLarge
from channels.web.refusals import answer, unexpected

log = logging.getLogger("hent.web")

LARGEST_BODY = 65_536
"""Bytes. 4,000 signs of four bytes each fit four times."""
LONGEST_LENGTH = 20
"""Digits of a length that is read at all."""

FRAMED_BY_NOBODY = "frame-ancestors 'none'"
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    f"manifest-src 'self'; form-action 'none'; base-uri 'none'; {FRAMED_BY_NOBODY}"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def shown_by(sites: Sequence[str]) -> str:
    """The policy of a page that these sites (origins), and no others, may show in a frame."""
    return CONTENT_POLICY.replace(FRAMED_BY_NOBODY, f"frame-ancestors {' '.join(sites)}") if sites else CONTENT_POLICY


class Guard:
    """ASGI middleware; plain, because Starlette's own would hold event streams back."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        length = Headers(scope=scope).get("content-length", "0")
        # Python refuses to read five thousand digits.
        too_large = not length.isdecimal() or len(length) > LONGEST_LENGTH or int(length) > LARGEST_BODY
        started = False

        async def guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                _protect(message, scope)
                _note(scope, message["status"], began)
            await send(message)

        if too_large:
            await answer(TooLarge())(scope, receive, guarded)
            return
        try:
            await self.app(scope, _bounded(receive), guarded)
        except Exception as error:
            # Starlette would answer outside of us, without our headers.
            if started:
                raise
            await unexpected(error)(scope, receive, guarded)


def _protect(message: Message, scope: Scope) -> None:
    headers = MutableHeaders(scope=message)
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    static = scope["path"].startswith("/static/")
    headers.setdefault("Cache-Control", "no-cache" if static else "no-store")


def _bounded(receive: Receive) -> Receive:
    """A body sent in pieces, without a length, is cut off at the same bound."""
    seen = 0

    async def receive_some() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > LARGEST_BODY:
            raise TooLarge
        return message

    return receive_some


def _note(scope: Scope, status: int, began: float) -> None:
    """One line a request: the route's template, never the path, which may hold a telephone number."""
    route = getattr(scope.get("route"), "path", "-")
    seconds = time.perf_counter() - began
    milliseconds = round(seconds * 1000, 1)
    measures.REQUESTS.labels(scope["method"], route, str(status)).observe(seconds)
    log.info("%s", scope["method"], extra={"route": route, "status": status, "milliseconds": milliseconds})
