"""Is the public port free, and which loopback ports may the house use inside?"""

import errno
import random
import socket
from itertools import islice

from api.supervisor.errors import PortUnavailable

# Below what Linux (32768) and macOS (49152) hand out to outgoing connections: Rasa binds its port 20 s after it was
# chosen, and a readiness probe on a port of that range can even be connected to itself.
_INTERNAL = range(20_000, 32_000)
_LAST_PORT = 65_535


def require_free(port: int) -> None:
    """Return if the public `port` can be listened on.

    Raises:
        PortUnavailable: taken (another one is suggested), reserved to the administrator, or out of 1..65535.
    """
    if not 1 <= port <= _LAST_PORT:
        raise PortUnavailable(f"Le port {port} n'existe pas. Essayez : make demo PORT=8000")
    refusal = _refusal(port)
    if refusal == errno.EACCES:
        raise PortUnavailable(f"Le port {port} demande les droits d'administrateur. Essayez : make demo PORT=8000")
    if refusal:
        raise PortUnavailable(f"Le port {port} est déjà pris. Essayez : make demo PORT={_next_free(port)}")


def free_ports(count: int) -> tuple[int, ...]:
    """`count` different loopback ports that nobody listens on now."""
    shuffled = random.sample(_INTERNAL, len(_INTERNAL))
    return tuple(islice((port for port in shuffled if _refusal(port) is None), count))


def beside(port: int) -> int:
    """The port after `port` if nobody listens there, else a free one of loopback."""
    return port + 1 if port < _LAST_PORT and _refusal(port + 1) is None else free_ports(1)[0]


def _next_free(port: int) -> int:
    following = range(port + 1, min(port + 100, _LAST_PORT + 1))
    return next((candidate for candidate in following if _refusal(candidate) is None), free_ports(1)[0])


def _refusal(port: int) -> int | None:
    """The errno of a refused bind. Both addresses: macOS lets 0.0.0.0 be bound beside a listening 127.0.0.1."""
    for address in ("127.0.0.1", "0.0.0.0"):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            # As servers do, so that connections of a demo just ended (TIME_WAIT) do not count as taken.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((address, port))
            except OSError as error:
                return error.errno or errno.EADDRINUSE
    return None
