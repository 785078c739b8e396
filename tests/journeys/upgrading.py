"""A house at the migration of before, brought up to date as docs/deploy.md says, and people who never stop writing."""

import subprocess
import sys
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
from alembic import command
from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.orm import Session

from api.authorities.tables import Authority, AuthorityKind
from api.core.installation import Kind
from api.migrations.run import configuration, migrate
from tests.conftest import RASA_PASSWORD
from tests.scripted_rasa import says
from tests.stack import ROOT, Person, until

QUESTIONS = ("bonjour", "merci pour votre aide")
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


def at_the_migration_of_before(url: str) -> str:
    """A new database, with its collectivité, as the version of before left it; that migration."""
    migrate(url, Kind.production, RASA_PASSWORD)
    engine = create_engine(url, poolclass=NullPool)
    with Session(engine) as session, session.begin():
        where = {"departement": "29", "address": "2 rue de l'Odet Bleu, 29000 Quimper", "phone": "+33261912900"}
        session.add(Authority(code="cd29", name="Finistère", kind=AuthorityKind.departement, hours={}, **where))
    with engine.begin() as connection:
        command.downgrade(configuration(connection), "-1")
        return str(connection.scalar(text("SELECT version_num FROM alembic_version")))


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

    def start(self, name: str, revision: str | None = None) -> None:
        """The version of before if its `revision` is given, or ours."""
        mine = ["tests.journeys.before", revision, name] if revision else ["api.cli", name]
        with (self.folder / f"{name}.log").open("ab") as log:
            argv, env = [sys.executable, "-m", *mine], self.environment
            self.running[name] = subprocess.Popen(argv, cwd=ROOT, env=env, stdout=log, stderr=log)

    def stop(self, name: str) -> None:
        """As Docker does. Raises AssertionError if it does not end by itself."""
        process = self.running.pop(name)
        process.terminate()
        # 143: uvicorn ends by the signal that it was sent, once everybody was answered.
        assert process.wait(30) in (0, -15, 143)

    def migrate(self) -> None:
        """`hent migrate`."""
        argv = [sys.executable, "-m", "api.cli", "migrate"]
        ended = subprocess.run(argv, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
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
