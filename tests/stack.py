"""The whole house, started as a user starts it, and a person who talks to it over the public contract."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import psutil

from api.core.clock import now
from api.supervisor.cluster import cluster_of
from api.supervisor.ports import free_ports
from api.supervisor.programs import away_from

ROOT = Path(__file__).parents[1]
ADDRESSES = (f"127.0.{high}.{low}" for high in range(1, 250) for low in range(1, 250))
"""Of loopback, one for each person of a run."""
STARTS_WITHIN = 240.0
"""Seconds, the first training included, beside other tests on two cores."""


@dataclass
class Stack:
    """A demonstration: `hent demo` on a port of its own, with its data in `folder`."""

    folder: Path
    port: int
    desk_port: int
    site_port: int
    process: subprocess.Popen[bytes] = field(init=False)
    started_at: datetime = field(init=False)
    """When it was last filled: the days of its appointments count from here."""

    @property
    def url(self) -> str:
        """The public site."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def desk_url(self) -> str:
        """The caseworkers' desk."""
        return f"http://127.0.0.1:{self.desk_port}"

    @property
    def site_url(self) -> str:
        """The invented site that shows the chat."""
        return f"http://127.0.0.1:{self.site_port}"

    @cached_property
    def database_url(self) -> str:
        """The house's own PostgreSQL, under the server's role."""
        return cluster_of(self.folder).database.url

    def start(self) -> None:
        """Start it, again after `kill_everything`, and wait until a question would be answered."""
        env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        env |= {"HENT_FOLDER": str(self.folder), "HENT_DESK_PORT": str(self.desk_port)}
        env |= {"HENT_SITE_PORT": str(self.site_port)}
        # By day the invented people would be reminded while tests count what their telephones get.
        env |= {"HENT_REMINDERS": "false"}
        argv = [sys.executable, "-m", "api.cli", "demo", "--port", str(self.port)]
        printed, self.started_at = self.folder / "demo.out", now()
        with printed.open("ab") as output:
            self.process = subprocess.Popen(argv, cwd=ROOT, env=env, stdout=output, stderr=subprocess.STDOUT)
        until(lambda: self._is_whole() or self.process.poll() is not None, STARTS_WITHIN)
        assert self.process.poll() is None, printed.read_text()

    def stop(self) -> None:
        """End it as Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(60)

    def kill_everything(self) -> list[int]:
        """SIGKILL to the supervisor, then to every process of the house that is left; their pids."""
        everyone = [*psutil.Process(self.process.pid).children(recursive=True)]
        self.process.kill()
        self.process.wait()
        for one in everyone:
            with suppress(psutil.NoSuchProcess):
                one.kill()
        return [self.process.pid, *(one.pid for one in everyone)]

    def child(self, words: str) -> psutil.Process:
        """The process whose command line holds these words ("api.cli worker", "hent_bot run", "bin/postgres")."""
        found = [one for one in psutil.Process(self.process.pid).children(recursive=True) if words in _line(one)]
        return min(found, key=lambda one: one.create_time())

    def kill(self, words: str) -> None:
        """SIGKILL, as a machine that runs out of memory does."""
        self.child(words).kill()

    def ready(self) -> bool:
        """Whether a question would be answered now."""
        return _is_well(self.url)

    def _is_whole(self) -> bool:
        """Whether all three sites answer: the desk and the one that shows the chat are started last."""
        return self.ready() and _is_well(self.desk_url) and _is_well(self.site_url, "live")

    def wait_ready(self, within: float = 90.0) -> None:
        """Until it is ready. Raises AssertionError when it takes too long."""
        until(self.ready, within)

    def logs(self) -> str:
        """Every log of every process."""
        return "\n".join(path.read_text(errors="replace") for path in sorted((self.folder / "logs").glob("*")))


def _is_well(url: str, what: str = "ready") -> bool:
    try:
        return httpx.get(f"{url}/health/{what}", timeout=5).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


@dataclass
class Person:
    """Somebody with a browser: writes, waits, reads, and tries again when the line breaks, as the page does."""

    url: str
    http: httpx.Client = field(init=False)
    conversation: UUID = field(init=False)

    def __post_init__(self) -> None:
        # No line is kept open: nobody has to say goodbye. Everybody has an address of their own, as at home: one
        # address may ask for sixty codes an hour, and a run asks for more.
        lines = httpx.HTTPTransport(local_address=next(ADDRESSES), limits=httpx.Limits(max_keepalive_connections=0))
        self.http = httpx.Client(base_url=self.url, timeout=40, transport=lines)
        begun = self._insist(lambda: self.http.post("/chat/conversations")).json()
        self.conversation = UUID(begun["conversation"])
        self.http.headers["Authorization"] = f"Bearer {begun['token']}"

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

    def codes(self, phone: str) -> list[str]:
        """The six digits that this simulated telephone got, in order."""
        texts = self._insist(lambda: self.http.get(f"/demo/phones/{phone}/messages")).json()
        return [code for sms in texts if sms["direction"] == "out" for code in re.findall(r"\b\d{6}\b", sms["text"])]

    def next_code(self, phone: str, known: int, within: float = 90.0) -> str:
        """The code that comes after `known` others; one that a dying worker had in hand goes out after a minute."""
        until(lambda: len(self.codes(phone)) > known, within)
        return self.codes(phone)[known]

    def redeem(self, token: str) -> None:
        """Open one's file with a personal link."""
        self._insist(lambda: self.http.post("/chat/identity/link", json={"token": token}))

    def identify(self, phone: str, birth_date: str) -> None:
        """Number and date, then the code of the telephone; the question must have been asked."""
        known = len(self.codes(phone))
        self.say(f"{phone} {birth_date}")
        self.say(self.next_code(phone, known))

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
    house = Stack(folder, *free_ports(3))
    try:
        house.start()
        yield house
    finally:
        house.stop()
        # As root its PostgreSQL lies there, 100 MB that pytest does not know of.
        shutil.rmtree(away_from(folder), ignore_errors=True)


def _line(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""
