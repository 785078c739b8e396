"""Many pages open at once, each with its event stream: how soon a stored answer is there, and what that costs."""

import asyncio
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import psutil

from api.bench.chain import Hopeless
from api.bench.figures import Figure, percentile
from api.bench.talking import FAILURES, Line
from api.conversations.service import locked
from api.conversations.speaking import say
from api.conversations.tables import Author
from api.core.background import background
from api.core.database import Database, notify
from api.texts.service import Spoken

PAGES = 300
_EVERY = 0.05
"""Seconds between two answers: twenty a second, as much as one worker gives."""
_IDLE = 20.0
"""Seconds in which nothing happens: longer than the server lets pass before it looks again by itself."""
_LATEST = 10.0
"""Seconds within which every stream must open, and after the last answer every page must have its own."""
_TEXT = "Votre rendez-vous est maintenu."


@dataclass(slots=True)
class Page:
    """A conversation, and when its page was brought each message, by the clock of `time.perf_counter`."""

    token: str
    conversation: UUID
    opened: bool = False
    came: dict[int, float] = field(default_factory=dict)
    """By seq; twice the same would be counted in `twice`."""
    twice: int = 0

    async def follow(self, port: int) -> None:
        """Read the event stream until it is cancelled."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        head = f"GET /chat/events HTTP/1.1\r\nHost: hent\r\nAuthorization: Bearer {self.token}\r\n\r\n"
        writer.write(head.encode())
        try:
            async for line in reader:
                self.take(line, time.perf_counter())
        finally:
            writer.close()

    def take(self, line: bytes, at: float) -> None:
        """One line of the stream."""
        self.opened = self.opened or line.startswith(b"event: mode")
        if line.startswith(b'data: {"seq"'):
            seq = json.loads(line.removeprefix(b"data: "))["seq"]
            self.twice += seq in self.came
            self.came.setdefault(seq, at)


@dataclass(frozen=True, slots=True)
class Pages:
    """A house at work: its public site, the process that serves it, and its database."""

    port: int
    server: int
    database_url: str
    say: Callable[[str], None]

    def measure(self) -> list[Figure]:
        """Every figure of open pages, in about a minute. Raises Hopeless."""
        self.say(f"Pages : {PAGES} ouvertes, chacune avec son flux")
        try:
            before = _memory(self.server)
            pages = [_begun(self.port) for _ in range(PAGES)]
            return asyncio.run(self._opened(pages, before))
        except FAILURES as failure:
            raise Hopeless(f"Les pages ouvertes n'ont pas pu être mesurées : {failure!r}") from failure

    async def _opened(self, pages: Sequence[Page], before: float) -> list[Figure]:
        database, line = Database(self.database_url), Line(self.port)
        try:
            async with background(*(page.follow(self.port) for page in pages)):
                await _until(lambda: sum(page.opened for page in pages), len(pages), "flux ouverts")
                idle = await _idle(self.server)
                answers = [await _answered(database, line, page) for page in pages]
                await _until(lambda: sum(bool(page.came) for page in pages), len(pages), "réponses arrivées")
                return _figures(pages, answers, idle, (_memory(self.server), before))
        finally:
            await database.close()


@dataclass(frozen=True, slots=True)
class Answer:
    """When an answer began to be committed, and the seconds that a plain read of it takes."""

    stored: float
    read: float


async def _answered(database: Database, line: Line, page: Page) -> Answer:
    """Store an answer as a worker does, read it as a page without a stream does, then wait for the next one's turn."""
    began = time.perf_counter()
    async with database.transaction() as session:
        row = await locked(session, page.conversation)
        await say(session, row, Author.assistant, Spoken(_TEXT, (), ()))
        await notify(session, f"out:{page.conversation}")
        stored = time.perf_counter()
    asked = time.perf_counter()
    line.bear(page.token)
    await asyncio.to_thread(line.call, "GET", "/chat/messages?hidden=true")
    read = time.perf_counter() - asked
    await asyncio.sleep(max(0.0, began + _EVERY - time.perf_counter()))
    return Answer(stored, read)


def _figures(
    pages: Sequence[Page], answers: Sequence[Answer], idle: float, memory: tuple[float, float]
) -> list[Figure]:
    """Raises Hopeless when a page was brought something twice."""
    if twice := sum(page.twice for page in pages):
        raise Hopeless(f"{twice} réponses sont arrivées deux fois.")
    shown = [page.came[1] - answer.stored for page, answer in zip(pages, answers, strict=True)]
    bare = [answer.read for answer in answers]
    note = "de la réponse enregistrée au flux de sa page ; référence : la lire par un GET"
    after, before = memory
    return [
        Figure("pages_open", len(pages), "pages", None, "aucune réponse perdue ni doublée"),
        *(
            Figure(f"page_event_p{share}", 1000 * percentile(shown, share / 100), "ms", 1000 * reference, note)
            for share in (50, 95)
            for reference in [percentile(bare, share / 100)]
        ),
        Figure("serve_memory_mb", after, "MB", before, "RSS du serveur, pages ouvertes ; référence : avant elles"),
        Figure("pages_idle_cpu", 100 * idle, "% d'un processeur", None, "personne n'écrit"),
    ]


async def _idle(server: int) -> float:
    """The share of one processor that the server takes while nothing happens."""
    process, began = psutil.Process(server), time.perf_counter()
    before = process.cpu_times()
    await asyncio.sleep(_IDLE)
    after = process.cpu_times()
    return (after.user + after.system - before.user - before.system) / (time.perf_counter() - began)


async def _until(count: Callable[[], int], whole: int, what: str) -> None:
    deadline = time.perf_counter() + _LATEST
    while (found := count()) < whole:
        if time.perf_counter() > deadline:
            raise Hopeless(f"Pages : {found} {what} sur {whole}.")
        await asyncio.sleep(0.05)


def _begun(port: int) -> Page:
    line = Line(port)
    begun = line.call("POST", "/chat/conversations")
    line.close()
    return Page(begun["token"], UUID(begun["conversation"]))


def _memory(server: int) -> float:
    return float(psutil.Process(server).memory_info().rss) / 1e6
