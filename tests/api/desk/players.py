"""A person's browser, two desks and the workers, over real HTTP contracts, with lines that break at any point.

A browser keeps what it has written until somebody answers for it, and asks for everything past the last number that
it has. A desk keeps the number of the feed that it has read, and reads again whatever the feed names. Neither knows
anything of the server but what it was told.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import httpx
from fastapi import FastAPI
from sqlalchemy import update

from api.caseworkers.accounts import Account
from api.conversations import leases
from api.conversations.closing import close_turn
from api.conversations.deciding import decide
from api.conversations.decision import AskAgain, Decision
from api.conversations.opening import OpenTurn, open_turn
from api.conversations.tables import Conversation
from api.conversations.turn import Tools, answer_all
from api.core.clock import now
from api.core.database import Database
from api.desk import feed
from api.escalations.tables import Escalation
from tests.channels.desk.table import routes

Message = tuple[int, str, str]
"""Seq, author, text: what anybody sees of a message."""
LINE = "good", "good", "lost", "cut", "twice"
"""What becomes of a request: answered, done although nobody hears of it, never arrived, or sent twice at once."""


def client(app: FastAPI) -> httpx.AsyncClient:
    """A browser at this application. A server that breaks breaks the test."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://hent", timeout=20)


async def send(line: str, post: Callable[[], Any]) -> httpx.Response | None:
    """Over a line in this state; None: no answer came back."""
    if line == "cut":
        return None
    answers = await asyncio.gather(*(post() for _ in range(2 if line == "twice" else 1)))
    assert all(answer.status_code < 500 for answer in answers)
    return None if line == "lost" else answers[0]


@dataclass
class Browser:
    """The person's."""

    http: httpx.AsyncClient
    id: UUID = field(init=False)
    shown: dict[int, Message] = field(default_factory=dict)
    mode: str = ""
    unsent: list[dict[str, str]] = field(default_factory=list)
    written: list[str] = field(default_factory=list)

    async def begin(self) -> None:
        """Open a conversation."""
        begun = (await self.http.post("/chat/conversations")).json()
        self.id = UUID(begun["conversation"])
        self.http.headers["Authorization"] = f"Bearer {begun['token']}"

    async def write(self, text: str, line: str) -> None:
        """One more message, after all that could not be sent before."""
        self.unsent.append({"id": str(uuid4()), "text": text})
        self.written.append(text)
        await self.send(line)

    async def send(self, line: str = "good") -> None:
        """Everything that is unsent, in order, each under the id that it has."""
        while self.unsent:
            body = self.unsent[0]
            answer = await send(line, partial(self.http.post, "/chat/messages", json=body))
            if answer is None:
                return
            assert answer.status_code == httpx.codes.ACCEPTED, answer.text
            del self.unsent[0]

    async def read(self, at_most: int = 1000) -> None:
        """What came after the last that is shown; the line breaks after `at_most` messages."""
        while True:
            answer = (await self.http.get("/chat/messages", params={"after": max(self.shown, default=0)})).json()
            for message in answer["messages"][:at_most]:
                self.shown[message["seq"]] = (message["seq"], message["author"], message["text"])
            at_most -= len(answer["messages"])
            if not answer["messages"] or at_most <= 0:
                self.mode = answer["mode"]
                return


@dataclass
class Desk:
    """A caseworker's: what was read of each request, and up to which number of the feed."""

    http: httpx.AsyncClient
    who: Account
    database: Database
    cursor: int = 0
    known: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    """Each request as it was read last: its version is the one that is acted upon."""
    shown: dict[UUID, dict[int, Message]] = field(default_factory=dict)
    posted: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    stored: dict[str, bool | None] = field(default_factory=dict)
    """Each reply by its text: stored, refused, or (None) nobody knows."""

    async def begin(self) -> None:
        """Read what is not closed, each request whole; the feed tells the rest."""
        self.known, self.shown = {}, {}
        queues = [(await self.http.get("/desk/queue", params={"state": one})).json() for one in ("open", "snoozed")]
        self.cursor = queues[0]["cursor"]
        for item in [item for queue in queues for item in queue["items"]]:
            await self._read(UUID(item["id"]))

    async def listen(self, at_most: int = 1000) -> None:
        """What the feed tells past the last number, each request named read again; the line breaks after `at_most`."""
        async with self.database.transaction() as session:
            gone = await feed.too_old(session, self.who.organisation_id, self.cursor)
            told = await feed.since(session, self.who.organisation_id, self.cursor)
        assert not gone
        for escalation in {news.escalation_id: None for news in told[:at_most]}:
            await self._read(escalation)
        self.cursor = max((news.number for news in told[:at_most]), default=self.cursor)

    async def act(self, name: str, body: dict[str, Any], line: str) -> None:
        """Do this to the request that was heard of last, upon what is known of it."""
        if not self.known:
            return
        escalation = list(self.known)[-1]
        body = body | {"version": self.known[escalation]["version"]}
        await self.post(f"/desk/escalations/{escalation}/{name}", body, line)

    async def post(self, path: str, body: dict[str, Any], line: str) -> None:
        """Remembered, to be sent again. Upon what is no longer so, nothing is done; and nothing is done twice."""
        self.posted.append((path, body))
        before = await self._version(path)
        answer = await send(line, partial(self.http.post, path, json=body))
        assert await self._version(path) <= before + (body["version"] == before)
        # What was stored stays so; what never arrived, or was refused, may be stored the next time.
        if path.endswith("/reply") and not self.stored.get(body["text"]):
            unheard = self.stored.get(body["text"], False) if line == "cut" else None
            self.stored[body["text"]] = unheard if answer is None else answer.status_code == httpx.codes.ACCEPTED
        if answer is not None:
            await self._read(UUID(path.split("/")[3]))

    async def again(self, line: str) -> None:
        """What was posted last, once more."""
        if self.posted:
            await self.post(*self.posted[-1], line)

    async def _version(self, path: str) -> int:
        """Of the request that this path acts upon, as it is."""
        async with self.database.transaction() as session:
            return (await session.get_one(Escalation, UUID(path.split("/")[3]))).version

    async def _read(self, escalation: UUID) -> None:
        mine = self.shown.setdefault(escalation, {})
        after = {"after": max(mine, default=0)}
        answer = await self.http.get(f"/desk/escalations/{escalation}", params=after)
        if answer.status_code == httpx.codes.NOT_FOUND:
            # It went to another organisation.
            self.known.pop(escalation, None)
            self.shown.pop(escalation)
            return
        thread = answer.json()
        self.known.pop(escalation, None)
        self.known[escalation] = thread
        for one in thread["messages"]:
            mine[one["seq"]] = (one["seq"], one["author"], one["text"])


@dataclass
class Workers:
    """Whoever answers: turns begun and not ended yet, of which some come late and some died meanwhile."""

    tools: Tools
    thinking: list[tuple[OpenTurn, Decision]] = field(default_factory=list)

    async def work(self) -> None:
        """Answer all that waits and that nobody holds."""
        async with self.tools.database.transaction() as session:
            taken = await leases.claim(session, 10)
        for conversation, lease in taken:
            await answer_all(self.tools, conversation, lease)

    async def think(self) -> None:
        """Begin a turn, have Rasa's answer, and keep it for later."""
        async with self.tools.database.transaction() as session:
            taken = await leases.claim(session, 1)
            turns = [await open_turn(session, self.tools.sealer, *one) for one in taken]
        for turn in filter(None, turns):
            try:
                self.thinking.append((turn, await decide(turn, self.tools.rasa)))
            except AskAgain:
                await self.restart()

    async def finish(self) -> None:
        """The oldest answer comes at last; whoever lost the conversation meanwhile writes nothing."""
        if self.thinking:
            turn, decision = self.thinking.pop(0)
            try:
                async with self.tools.database.transaction() as session:
                    await close_turn(session, self.tools.sealer, self.tools.voices, turn, decision)
            except leases.LeaseLost:
                return

    async def restart(self) -> None:
        """Every worker is taken for dead: what they hold is anybody's again, and some of them will still speak."""
        async with self.tools.database.transaction() as session:
            held = update(Conversation).where(Conversation.lease.is_not(None))
            await session.execute(held.values(leased_until=now() - timedelta(seconds=1)))

    async def settle(self) -> None:
        """Until nothing waits."""
        while self.thinking:
            await self.finish()
        await self.restart()
        await self.work()


def acts(app: FastAPI) -> list[str]:
    """What can be posted upon a request, from the routes of the desk: those to come included."""
    whole = "/desk/escalations/{escalation}/"
    return sorted(
        path.removeprefix(whole) for method, path in routes(app) if method == "POST" and path.startswith(whole)
    )
