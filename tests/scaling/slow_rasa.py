"""A Rasa on a processor of its own, as far as others can tell: one turn at a time, each as long as it is told."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from typing import Any

from tests.journeys.upgrading import Greeting


class OneAtATime(Greeting):
    """Greets, after its turn has come and lasted."""

    protocol_version = "HTTP/1.1"

    def __init__(self, at_work: threading.Lock, lasts: float, *given: Any) -> None:
        self._at_work, self._lasts = at_work, lasts
        super().__init__(*given)

    def do_POST(self) -> None:  # noqa: N802  (http.server's own name)
        with self._at_work:
            time.sleep(self._lasts)
        super().do_POST()


@contextmanager
def slow_rasa(lasts: float) -> Iterator[str]:
    """Its address, for the length of the block."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(OneAtATime, threading.Lock(), lasts)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
