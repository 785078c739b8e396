"""The sites of a collectivité that may show the chat in their pages: origins, as browsers write them."""

import re
from urllib.parse import urlsplit

NAME = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*")
"""Of a machine. What else stood in a list of sites would be read as something else in the header that holds it."""
NOT_A_SITE = "n'est pas l'adresse d'un site entier, comme https://www.exemple.bzh"
PORTS = {"https": 443, "http": 80}
"""Left out of an origin."""
LOOPBACK = frozenset({"localhost", "127.0.0.1"})
"""Whoever tries an installation on their own machine has no certificate for it."""


def origin(written: str) -> str:
    """ "https://www.exemple.bzh": scheme, name and port, in the one spelling that a browser compares.

    Raises ValueError for anything else: a path would be ignored, and a star would let in whoever has a name below it.
    """
    try:
        parts = urlsplit(written.strip())
        scheme, path, host = parts.scheme, parts.path, (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port not in {None, PORTS.get(scheme)} else ""
    except ValueError as error:
        raise ValueError(f"{written} {NOT_A_SITE}") from error
    if path not in {"", "/"} or parts.query or parts.fragment or parts.username or not NAME.fullmatch(host):
        raise ValueError(f"{written} {NOT_A_SITE}")
    if scheme != "https" and not (scheme == "http" and host in LOOPBACK):
        raise ValueError(f"{written} ne commence pas par https://")
    return f"{scheme}://{host}{port}"


def near(address: str) -> list[str]:
    """A site on one's own machine under both of its names: somebody may open either."""
    port = urlsplit(address).port
    return sorted({origin(address), *(origin(f"http://{name}:{port}") for name in LOOPBACK if port)})
