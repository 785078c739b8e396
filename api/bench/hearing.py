"""How soon open desks hear of what people write to a human, and how fast a long queue is shown."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from api.bench.chain import Hopeless
from api.bench.crowding import crowd
from api.bench.desks import Desk, Listener
from api.bench.figures import Figure, percentile
from api.bench.talking import FAILURES, Line
from api.supervisor.welcome import WELCOME

DESKS, CONVERSATIONS, WAITING = 50, 200, 2_000
_EVERY = 0.2
"""Seconds between two messages: of two hundred people each writes once in forty seconds."""
_LATEST = 10.0
"""Seconds after the last message within which every desk must have heard of it."""
_SHOWN = 50
"""How often the queue is asked for."""


@dataclass(slots=True)
class Person:
    """Somebody to whom a caseworker answers."""

    line: Line
    conversation: UUID

    def write(self) -> float:
        """One message; the seconds until the server had it. Raises one of FAILURES."""
        began = time.perf_counter()
        self.line.call("POST", "/chat/messages", {"id": str(uuid4()), "text": "Et pour mon dossier ?"})
        return time.perf_counter() - began


@dataclass(frozen=True, slots=True)
class Hearing:
    """A house at work: its public site, its desk and its database."""

    port: int
    desk_port: int
    database_url: str
    say: Callable[[str], None]

    def measure(self) -> list[Figure]:
        """Every figure of the desk, in about a minute. Raises Hopeless."""
        try:
            return self._figures()
        except FAILURES as failure:
            raise Hopeless(f"Le bureau n'a pas pu être mesuré : {failure!r}") from failure

    def _figures(self) -> list[Figure]:
        self.say("Bureau : deux mille demandes, deux cents personnes à qui l'on répond")
        account = WELCOME.accounts[0]
        people = [_begun(self.port) for _ in range(CONVERSATIONS)]
        theirs = [person.conversation for person in people]
        requests = asyncio.run(crowd(self.database_url, account.login, theirs, WAITING))
        desks = [Desk(self.desk_port, account.login, account.password) for _ in range(DESKS)]
        for request in requests:
            desks[0].call("POST", f"/desk/escalations/{request}/take", {"version": 0})
        self.say("Bureau : la file")
        queue, bare = _shown(desks[0], "/desk/queue"), _shown(desks[0], "/health/ready")
        self.say("Bureau : les messages")
        after = desks[0].call("GET", "/desk/queue")["cursor"]
        listeners = [desk.listen(after) for desk in desks]
        return [*_messages(dict(zip(requests, people, strict=True)), listeners), _queue(queue, bare)]


def delays(written: Mapping[UUID, float], listeners: Sequence[Listener]) -> list[float]:
    """Seconds from each message until each desk heard of it, of those that did; `written`: when, by request."""
    return [
        listener.heard[request] - began
        for request, began in written.items()
        for listener in listeners
        if request in listener.heard
    ]


def _messages(people: Mapping[UUID, Person], listeners: Sequence[Listener]) -> list[Figure]:
    """Everybody writes once, at an even pace whatever the answers take. Raises Hopeless when a desk missed one."""
    written: dict[UUID, float] = {}
    trips: list[float] = []
    first = time.perf_counter()
    for nth, (request, person) in enumerate(people.items()):
        time.sleep(max(0.0, first + nth * _EVERY - time.perf_counter()))
        written[request] = time.perf_counter()
        trips.append(person.write())
    heard = _waited_for(written, listeners)
    note = f"{len(listeners)} bureaux, {len(people)} conversations ; référence : l'envoi lui-même"
    return [
        Figure(f"desk_event_p{share}", 1000 * percentile(heard, share / 100), "ms", 1000 * reference, note)
        for share in (50, 95)
        for reference in [percentile(trips, share / 100)]
    ]


def _waited_for(written: Mapping[UUID, float], listeners: Sequence[Listener]) -> list[float]:
    deadline, whole = time.perf_counter() + _LATEST, len(written) * len(listeners)
    while len(found := delays(written, listeners)) < whole:
        if time.perf_counter() > deadline:
            raise Hopeless(f"Les bureaux ont appris {len(found)} nouvelles sur {whole}.")
        time.sleep(0.1)
    return found


def _begun(port: int) -> Person:
    line = Line(port)
    begun = line.call("POST", "/chat/conversations")
    line.bear(begun["token"])
    # Servers close a line that is idle, and this one waits for its turn.
    line.close()
    return Person(line, UUID(begun["conversation"]))


def _shown(desk: Desk, path: str) -> list[float]:
    """Seconds of each answer, one after the other; the first, which warms up, is left out."""
    taken = []
    for _ in range(1 + _SHOWN):
        began = time.perf_counter()
        desk.call("GET", path)
        taken.append(time.perf_counter() - began)
    return taken[1:]


def _queue(queue: Sequence[float], bare: Sequence[float]) -> Figure:
    note = f"p95 de {_SHOWN}, {WAITING} demandes ouvertes ; référence : « /health/ready »"
    return Figure("desk_queue_page", 1000 * percentile(queue, 0.95), "ms", 1000 * percentile(bare, 0.95), note)
