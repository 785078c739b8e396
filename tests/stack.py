"""The whole house, started as a user starts it, and a person who talks to it over the public contract."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psutil

ROOT = Path(__file__).parents[1]
STARTS_WITHIN = 240.0
"""Seconds, the first training included, beside other tests on two cores."""


@dataclass(frozen=True)
class Stack:
    """A running demonstration."""

    url: str
    folder: Path
    process: subprocess.Popen[bytes]
    database_url: str = ""

    def child(self, words: str) -> psutil.Process:
        """The process whose command line holds these words ("api.cli worker", "hent_bot run", "bin/postgres")."""
        found = [one for one in psutil.Process(self.process.pid).children(recursive=True) if words in _line(one)]
        return min(found, key=lambda one: one.create_time())

    def kill(self, words: str) -> None:
        """SIGKILL, as a machine that runs out of memory does."""
        self.child(words).kill()

    def ready(self) -> bool:
        """Whether a question would be answered now."""
        try:
            return httpx.get(f"{self.url}/health/ready", timeout=5).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def wait_ready(self, within: float = 90.0) -> None:
        """Until it is ready. Raises AssertionError when it takes too long."""
        until(self.ready, within)

    def logs(self) -> str:
        """Every log of every process."""
        return "\n".join(path.read_text(errors="replace") for path in sorted((self.folder / "logs").glob("*")))


@dataclass
class Person:
    """Somebody with a browser: writes, waits, reads, and tries again when the line breaks, as the page does."""

    url: str
    http: httpx.Client = field(init=False)
    seen: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.http = httpx.Client(base_url=self.url, timeout=40)
        begun = self._insist(lambda: self.http.post("/chat/conversations"))
        self.http.headers["Authorization"] = f"Bearer {begun.json()['token']}"

    def write(self, text: str, choice: str | None = None) -> int:
        """Send, with one id however often it must be tried; the message's seq."""
        body: dict[str, Any] = {"id": str(uuid4()), "text": text} | ({"choice": choice} if choice else {})
        return int(self._insist(lambda: self.http.post("/chat/messages", json=body)).json()["seq"])

    def answers(self, after: int, count: int = 1, within: float = 60.0) -> list[dict[str, Any]]:
        """What others said past `after`, once there are `count` of them."""

        def heard() -> list[dict[str, Any]]:
            shown = self._insist(lambda: self.http.get("/chat/messages", params={"after": after, "wait": 2})).json()
            return [message for message in shown["messages"] if message["author"] != "person"]

        until(lambda: len(heard()) >= count, within)
        return heard()

    def say(self, text: str, choice: str | None = None) -> str:
        """Write, and the text of the answer."""
        return str(self.answers(self.write(text, choice))[0]["text"])

    def transcript(self) -> list[dict[str, Any]]:
        """Everything, in order."""
        messages: list[dict[str, Any]] = []
        while True:
            after = messages[-1]["seq"] if messages else 0
            page = self._page(after)
            if not page:
                return messages
            messages += page

    def _page(self, after: int) -> list[dict[str, Any]]:
        shown = self._insist(lambda: self.http.get("/chat/messages", params={"after": after})).json()
        return list(shown["messages"])

    def code(self, phone: str, within: float = 20.0) -> str:
        """The last six digits that this simulated telephone got."""
        found: list[str] = []

        def arrived() -> bool:
            texts = self._insist(lambda: self.http.get(f"/demo/phones/{phone}/messages")).json()
            found[:] = [
                code for sms in texts if sms["direction"] == "out" for code in re.findall(r"\d{6}", sms["text"])
            ]
            return bool(found)

        until(arrived, within)
        return found[-1]

    def identify(self, phone: str, birth_date: str) -> None:
        """Number and date, then the code of the telephone; the question must have been asked."""
        self.say(f"{phone} {birth_date}")
        self.say(self.code(phone))

    def _insist(self, send: Callable[[], httpx.Response]) -> httpx.Response:
        deadline = time.monotonic() + 90
        while True:
            try:
                answer = send()
                if answer.status_code < 500:
                    answer.raise_for_status()
                    return answer
            except httpx.TransportError:
                pass
            assert time.monotonic() < deadline, "the server stayed away"
            time.sleep(0.2)


def until(condition: Callable[[], bool], within: float) -> None:
    """Wait for a condition. Raises AssertionError when it does not come."""
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline, f"nothing within {within:.0f} s"
        time.sleep(0.05)


@contextmanager
def running(folder: Path) -> Iterator[Stack]:
    """`hent demo` on a free port, with its data in `folder`, ended by Ctrl-C."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {"HENT_FOLDER": str(folder)}
    output = (folder / "demo.out").open("wb")
    argv = [sys.executable, "-m", "api.cli", "demo", "--port", str(port)]
    process = subprocess.Popen(argv, cwd=ROOT, env=env, stdout=output, stderr=subprocess.STDOUT)
    stack = Stack(f"http://127.0.0.1:{port}", folder, process)
    try:
        until(lambda: stack.ready() or process.poll() is not None, STARTS_WITHIN)
        assert process.poll() is None, (folder / "demo.out").read_text()
        yield stack
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)
        output.close()


def _line(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""
