"""A house of the version of before, brought up to date as docs/deploy.md says, and people who never stop writing."""

import io
import os
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.scripted_rasa import says
from tests.stack import ROOT, Person, until

VERSION_OF_BEFORE = "53b886cc3155855f6bce3ba821bca194fe60e7c9"
"""Moved on with each version that is put into service."""
QUESTIONS = ("bonjour", "merci pour votre aide")
FINISTERE = """
- code: cd29
  name: Département du Finistère
  kind: departement
  departement: "29"
  phone: 02 61 91 29 00
  address: 2 rue de l'Odet Bleu, 29000 Quimper
  hours: {mon: [["08:30", "12:00"]]}
"""
WRITERS = 3
PAUSE = 0.2
"""Seconds between two people of one writer."""


class Greeting(BaseHTTPRequestHandler):
    """A Rasa that greets whoever writes."""

    def do_GET(self) -> None:
        self._answer(httpx.Response(200, json={}))

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(says("greet", "greet"))

    def log_message(self, *_: Any) -> None:
        """Not among the lines of the tests."""

    def _answer(self, answer: httpx.Response) -> None:
        self.send_response(answer.status_code)
        self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        self.wfile.write(answer.content)


@contextmanager
def rasa() -> Iterator[str]:
    """Its address, for the length of the block."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Greeting) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def checked_out(folder: Path, clone: Path = ROOT) -> Path:
    """The code of the version of before, in `folder`. Where `clone` has no history to take it from, the test is skipped
    loudly, or fails where everything is required.
    """
    # Whoever the clone belongs to: in a container it is often somebody else, and git then refuses to read it.
    git = ("git", "-c", f"safe.directory={clone}")
    wanted = (*git, "archive", VERSION_OF_BEFORE, "api", "actions", "channels", "data", "bot")
    archive = subprocess.run(wanted, cwd=clone, capture_output=True, check=False)
    if archive.returncode:
        absent = f"{VERSION_OF_BEFORE[:8]} is not in this clone (git fetch --unshallow)"
        assert os.environ.get("REQUIRE_ALL") != "1", f"the version of before is required (REQUIRE_ALL=1), and {absent}"
        pytest.skip(f"SKIPPED: {absent}: no upgrade from the version of before")
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
        files.extractall(folder, filter="data")
    return folder


@dataclass
class Installation:
    """Its processes by name ("serve", "worker"), each with a log in `folder`."""

    folder: Path
    port: int
    environment: dict[str, str]
    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """The public site."""
        return f"http://127.0.0.1:{self.port}"

    def start(self, name: str, code: Path = ROOT) -> None:
        """Of the version whose code lies there."""
        with (self.folder / f"{name}.log").open("ab") as log:
            argv, env = [sys.executable, "-m", "api.cli", name], self.environment
            self.running[name] = subprocess.Popen(argv, cwd=code, env=env, stdout=log, stderr=log)

    def stop(self, name: str) -> None:
        """As Docker does. Raises AssertionError if it does not end by itself."""
        process = self.running.pop(name)
        process.terminate()
        # 143: uvicorn ends by the signal that it was sent, once everybody was answered.
        assert process.wait(30) in (0, -15, 143)

    def run(self, *command: str, code: Path = ROOT, given: str = "") -> None:
        """A command, to its end."""
        argv, env = [sys.executable, "-m", "api.cli", *command], self.environment
        ended = subprocess.run(argv, cwd=code, env=env, input=given, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stderr

    def missing(self) -> list[str]:
        """What a question would lack now."""
        try:
            return list(httpx.get(f"{self.url}/health/ready", timeout=5).json()["missing"])
        except httpx.HTTPError:
            return ["site"]

    def wait_ready(self) -> None:
        """Until nothing is missing."""
        until(lambda: not self.missing(), 60)

    def kill(self) -> None:
        """All that still runs."""
        for process in self.running.values():
            process.kill()
            process.wait()


@dataclass
class Visitor(Person):
    """Keeps what came of each try: (when, how long, status or 0)."""

    tries: list[tuple[float, float, int]]

    def _insist(self, send: Callable[[], httpx.Response]) -> httpx.Response:
        def kept() -> httpx.Response:
            begun, status = time.monotonic(), 0
            try:
                answer = send()
                status = answer.status_code
                return answer
            finally:
                self.tries.append((begun, time.monotonic() - begun, status))

        return super()._insist(kept)


@dataclass
class Load:
    """New people all the time, who each ask two questions and wait for nothing."""

    url: str
    visitors: list[Visitor] = field(default_factory=list)
    tries: list[tuple[float, float, int]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def lasting(self) -> Iterator[None]:
        """For the length of the block. Raises whatever a writer met that a page would not get over."""
        with ThreadPoolExecutor(WRITERS) as writers:
            ends = [writers.submit(self._write) for _ in range(WRITERS)]
            try:
                yield
            finally:
                self.over.set()
            for one in ends:
                one.result()

    def goes_on(self, count: int = 10) -> None:
        """Until so many more people have asked."""
        wanted = len(self.visitors) + count
        until(lambda: len(self.visitors) >= wanted, 60)

    def between(self, begins: float, ends: float) -> list[tuple[float, int]]:
        """How long each try of this time took, and its status."""
        return [(lasted, status) for when, lasted, status in list(self.tries) if begins <= when <= ends]

    def _write(self) -> None:
        while not self.over.is_set():
            visitor = Visitor(self.url, self.tries)
            for question in QUESTIONS:
                visitor.write(question)
            self.visitors.append(visitor)
            time.sleep(PAUSE)
