"""What the chat weighs on another site: `python -m tests.channels.web.weighing` prints it, and fails past the bounds.

Beside it, the main bundles of two others that do the same, `npm pack` and gzip -9 in November 2026: tock-react-kit
23.9.2 and deep-chat 2.4.2.
"""

import gzip
import re
import sys
from typing import NamedTuple

from api.authorities.front import Door, Front
from channels.web.markup import framed_page
from channels.web.pieces import LOADER, STATIC, pieces

LOADER_AT_MOST = 3 * 1024
"""Bytes as they are: it is in every page of the site, opened or not."""
FRAME_AT_MOST = 30 * 1024
"""Bytes by gzip, level 9: all that is asked for when the chat is opened."""
OTHERS = {"tock-react-kit": 45, "deep-chat": 108}
"""KB by gzip."""
FRONT = Front("cd29", Door("Département du Finistère", "+33261912900", "", ""), (), ("https://www.finistere.example",))
_ASKED = re.compile(r'<(?:script|img|link rel="stylesheet")[^>]* (?:src|href)="(/[^"]+)"')
_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)


class Weight(NamedTuple):
    """In bytes."""

    loader: int
    frame: int
    requests: int


def weigh() -> Weight:
    """The loader as it is, and all that the frame asks for, by gzip."""
    page = framed_page(FRONT)
    asked = sorted(set(_ASKED.findall(_NOSCRIPT.sub("", page))))
    sizes = [_small(page.encode()), *(_weight_of(address) for address in asked)]
    return Weight(len(pieces()[LOADER].body), sum(sizes), len(sizes))


def main() -> int:
    """Print it; 1 when it is too heavy."""
    found = weigh()
    others = ", ".join(f"{name} {size} KB" for name, size in OTHERS.items())
    lines = [
        f"  loader {found.loader} bytes (at most {LOADER_AT_MOST})",
        f"  frame {found.frame / 1024:.1f} KB by gzip in {found.requests} requests (at most 30 KB; {others})",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return int(found.loader > LOADER_AT_MOST or found.frame > FRAME_AT_MOST)


def _weight_of(address: str) -> int:
    name = address.rpartition("/")[2]
    return len(pieces()[name].small) if address.startswith("/made/") else _small((STATIC / name).read_bytes())


def _small(body: bytes) -> int:
    return len(gzip.compress(body, 9, mtime=0))


if __name__ == "__main__":
    sys.exit(main())
