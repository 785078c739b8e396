"""How many messages a second one of each process answers, and two of each, on one PostgreSQL."""

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from uuid import uuid4

import psutil

from api.bench.asking import people
from api.bench.load import block
from api.bench.talking import Asker, Line, OurAsker
from api.supervisor.ports import free_ports
from api.supervisor.postgres import temporary
from tests.conftest import RASA_PASSWORD
from tests.journeys.twins import doubled
from tests.journeys.upgrading import FINISTERE, Installation
from tests.scaling.slow_rasa import slow_rasa
from tests.stack import running

WARM_UP = 2.0
"""Seconds before what counts."""


class Chatting:
    """A conversation of the web chat that asks again as soon as it is answered."""

    def __init__(self, port: int) -> None:
        self._line = Line(port)
        self._line.bear(self._line.call("POST", "/chat/conversations")["token"])
        self.close()

    def ask(self) -> None:
        """POST, then a long poll until the answer."""
        after = self._line.call("POST", "/chat/messages", {"id": str(uuid4()), "text": "bonjour"})["seq"]
        while not self._line.call("GET", f"/chat/messages?after={after}&wait=20")["messages"]:
            pass

    def close(self) -> None:
        """Let the connection go."""
        self._line.close()


@dataclass(frozen=True)
class Measured:
    """What so many of each came to."""

    of_each: int
    rate: float
    """Messages answered in a second."""
    busy: float
    """Of all processors of the machine, between 0 and 1, whoever used them."""
    cost: float
    """Seconds of processor that a message took all processes of the house, PostgreSQL's among them."""
    failures: int

    def __str__(self) -> str:
        busy = f"{self.busy:.0%} of {psutil.cpu_count()} processors busy"
        cost = f"{1000 * self.cost:.0f} ms of processor a message"
        return f"{self.of_each} of each: {self.rate:.1f} messages/s, {cost}, {busy}, {self.failures} failures"


def measured(folder: Path, rasa: float, seconds: float, at_once: int) -> list[Measured]:
    """One of each, then two of each; `rasa`: seconds that a turn takes it. Twice as many conversations for two."""
    with temporary() as server, ExitStack() as stack:
        first, second = (stack.enter_context(_installation(folder, server.url, rasa)) for _ in range(2))
        first.run("migrate")
        first.run("authority", "load", "-", given=FINISTERE)
        found = []
        for of_each, added in enumerate((first, second), start=1):
            added.start("serve")
            added.start("worker")
            added.wait_ready()
            sites = [first.port, second.port][:of_each]
            askers = [Chatting(port) for port in sites for _ in range(at_once)]
            found.append(_under_load(of_each, askers, seconds))
        return found


def really_measured(folder: Path, seconds: float, at_once: int) -> list[Measured]:
    """The same of a demonstration, with its own Rasa: who asks is known, and reads a date of theirs."""
    persons = cycle(people())
    with running(folder) as stack:
        on_first = [OurAsker(stack.port, next(persons)) for _ in range(at_once)]
        found = [_under_load(1, on_first, seconds)]
        with doubled(stack, folder) as twins:
            on_second = [OurAsker(twins.port, next(persons)) for _ in range(at_once)]
            found.append(_under_load(2, [*on_first, *on_second], seconds))
    return found


def _under_load(of_each: int, askers: Sequence[Asker], seconds: float) -> Measured:
    block(askers, WARM_UP)
    psutil.cpu_percent()
    before = _spent()
    answers = block(askers, seconds)
    cost = (_spent() - before) / len(answers.latencies)
    return Measured(of_each, answers.rate, psutil.cpu_percent() / 100, cost, answers.failures.total())


def _spent() -> float:
    """Seconds of processor of everything that was started from here."""
    times = [one.cpu_times() for one in psutil.Process().children(recursive=True)]
    return sum(one.user + one.system for one in times)


@contextmanager
def _installation(folder: Path, database_url: str, lasts: float) -> Iterator[Installation]:
    port, actions = free_ports(2)
    with slow_rasa(lasts) as rasa:
        given = {"SECRET_KEY": "a key for tests, and for nothing else", "RASA_TOKEN": "r", "ACTIONS_TOKEN": "a"}
        given |= {"PORT": str(port), "ACTIONS_PORT": str(actions), "RASA_URL": rasa, "DEFAULT_AUTHORITY": "cd29"}
        given |= {"REMINDERS": "false", "RASA_DB_PASSWORD": RASA_PASSWORD}
        named = {f"HENT_{name}": value for name, value in given.items()}
        made = Installation(folder, port, {"PATH": os.defpath, "DATABASE_URL": database_url, **named})
        try:
            yield made
        finally:
            made.kill()
