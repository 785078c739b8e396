"""What a page is made of, put together once a process: a script, a style sheet, and the loader for other sites."""

import gzip
import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from fastapi import Request
from fastapi.responses import Response

from channels.web.bundle import script, small, style

STATIC = Path(__file__).parent / "static"
SHEET = re.compile(r'^  <link rel="stylesheet" href="/static/([\w-]+\.css)">\n', re.MULTILINE)
"""In a page of ours; what stands in its noscript is left there."""
LOADER = "embed.js"
AGAIN = "no-cache"
"""Kept, and asked for again each time: an answer of a hundred bytes when nothing has changed."""
FOR_EVER = "public, max-age=31536000, immutable"
"""Its address changes with it."""


@dataclass(frozen=True)
class Piece:
    """A file as browsers get it."""

    body: bytes
    small: bytes
    """The same, by gzip."""
    kind: str
    digest: str

    def answer(self, request: Request, kept: str, **headers: str) -> Response:
        """The whole, or that nothing has changed; `kept`: how long, as Cache-Control says it."""
        tag = f'"{self.digest}"'
        headers |= {"ETag": tag, "Cache-Control": kept, "Vary": "Accept-Encoding"}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(self.small, media_type=self.kind, headers=headers | {"Content-Encoding": "gzip"})
        return Response(self.body, media_type=self.kind, headers=headers)


@lru_cache
def pieces() -> dict[str, Piece]:
    """By name. Raises ValueError for a module that cannot be put together with others."""
    sheets = SHEET.findall((STATIC / "index.html").read_text("utf-8"))
    return {
        "chat.js": _piece(script(STATIC, "main.js"), "text/javascript"),
        "frame.js": _piece(script(STATIC, "frame.js"), "text/javascript"),
        "chat.css": _piece(style(STATIC, sheets), "text/css"),
        "own.css": _piece(style(STATIC, [*sheets, "place.css"]), "text/css"),
        "frame.css": _piece(style(STATIC, [*sheets, "framed.css"]), "text/css"),
        LOADER: _piece(small((STATIC / LOADER).read_text("utf-8")), "text/javascript"),
    }


def address(name: str) -> str:
    """Where a browser finds a piece; never the same for two contents."""
    return f"/made/{pieces()[name].digest}/{name}"


def _piece(text: str, kind: str) -> Piece:
    body = text.encode()
    return Piece(body, gzip.compress(body, 9, mtime=0), kind, sha256(body).hexdigest()[:16])
