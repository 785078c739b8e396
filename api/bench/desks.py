"""Open desks: each signed in by itself, each told what changes over a line that stays open."""

import json
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection
from threading import Thread
from typing import Any
from uuid import UUID

from api.bench.talking import Refused

_PATIENCE = 60.0  # seconds
_WRITING = {"Content-Type": "application/json", "X-Hent-Desk": "1"}


class Desk:
    """One browser of a caseworker, on loopback."""

    def __init__(self, port: int, email: str, password: str) -> None:
        """Sign in. Raises Refused, OSError or HTTPException, as `call` does."""
        self._port, self._http = port, HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
        self._cookie = ""
        self.call("POST", "/desk/session", {"email": email, "password": password})

    def call(self, method: str, path: str, body: object = None) -> Any:
        """The JSON of the answer."""
        headers = _WRITING | {"Cookie": self._cookie}
        self._http.request(method, path, json.dumps(body) if body is not None else None, headers)
        answer = self._http.getresponse()
        content = answer.read()
        if answer.status >= 400:
            raise Refused(f"{method} {answer.status}")
        self._cookie = (answer.headers["Set-Cookie"] or self._cookie).partition(";")[0]
        return json.loads(content)

    def listen(self, after: int) -> "Listener":
        """Be told of what changes past this number of the feed, from now on. Raises Refused."""
        line = HTTPConnection("127.0.0.1", self._port, timeout=_PATIENCE)
        line.request("GET", f"/desk/events?after={after}", headers={"Cookie": self._cookie})
        answer = line.getresponse()
        if answer.status >= 400:
            raise Refused(f"GET {answer.status}")
        listener = Listener()
        Thread(target=listener.read, args=(answer,), daemon=True).start()
        return listener


@dataclass(slots=True)
class Listener:
    """When each request was first told of, by the clock of `time.perf_counter`."""

    heard: dict[UUID, float] = field(default_factory=dict)

    def read(self, lines: Any) -> None:
        """Take everything in until the line ends; a line is bytes."""
        for line in lines:
            self.take(line, time.perf_counter())

    def take(self, line: bytes, at: float) -> None:
        """One line of the stream; what is not the news of a message is left."""
        if line.startswith(b"data: "):
            news = json.loads(line.removeprefix(b"data: "))
            if news["kind"] == "message":
                self.heard.setdefault(UUID(news["escalation"]), at)
