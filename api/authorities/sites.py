"""The sites of a collectivité that may show the chat in their pages: origins, as browsers write them."""

import re
from urllib.parse import urlsplit

NAME = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*")
"""Of a machine. What else stood in a list of sites would be read as something else in the header that holds it."""
LOOPBACK = frozenset({"localhost", "127.0.0.1"})
"""Whoever tries an installation on their own machine has no certificate for it."""


def origin(written: str) -> str:
    """ "https://www.exemple.bzh": scheme, name and port, in the one spelling that a browser compares.

    Raises ValueError for anything else: a path would be ignored, and a star would let in whoever has a name below it.
    """
    parts = urlsplit(written.strip())
    host = (parts.hostname or "").encode("idna").decode("ascii")
    whole = parts.path in {"", "/"} and not (parts.query or parts.fragment or parts.username)
    port = f":{parts.port}" if parts.port and parts.port != {"https": 443, "http": 80}.get(parts.scheme) else ""
    if not whole or not NAME.fullmatch(host):
        raise ValueError(f"{written} n'est pas l'adresse d'un site entier, comme https://www.exemple.bzh")
    if parts.scheme != "https" and not (parts.scheme == "http" and host in LOOPBACK):
        raise ValueError(f"{written} ne commence pas par https://")
    return f"{parts.scheme}://{host}{port}"


def near(address: str) -> list[str]:
    """A site on one's own machine under both of its names: somebody may open either."""
    port = urlsplit(address).port
    return sorted({origin(address), *(origin(f"http://{name}:{port}") for name in LOOPBACK if port)})
