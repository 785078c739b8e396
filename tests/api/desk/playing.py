"""A person and two colleagues in one house, in which chance decides who does what."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
from fastapi import FastAPI

from api.core.clock import now
from api.core.database import Database
from api.desk import human_part
from api.escalations.tables import Reason
from tests.api.desk.conftest import Team, ask
from tests.api.desk.players import Browser, Desk, Workers
from tests.channels.desk.test_routes import body
from tests.scripted_rasa import ScriptedRasa, says


@dataclass
class House:
    """Both servers, their workers, and two colleagues who are signed in."""

    team: Team
    database: Database
    rasa: ScriptedRasa
    workers: Workers
    site: FastAPI
    acts: list[str]
    desks: dict[str, Desk]

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Short, for hypothesis, which prints it beside each story that goes wrong."""
        printer.text("House()")


@dataclass
class Play:
    """One person's story in that house."""

    house: House
    team: Team
    person: Browser
    count: int = 0
    """Replies and notes written so far: each says another thing."""

    async def step(self, who: str, what: str | int, more: Any) -> None:
        """One thing happens."""
        if who == "house":
            await self._house(str(what))
        elif what == "reload":
            await self._reload(who)
        elif what == "read":
            await (self.person.read(more) if who == "person" else self.house.desks[who].listen(more))
        elif who == "person":
            await self.person.write(str(what), more)
        elif what == "again":
            await self.house.desks[who].again(more)
        else:
            await self._act(self.house.desks[who], what, more)

    async def settle(self) -> None:
        """Every line holds again, and nobody has anything left to do."""
        await self.person.send()
        await self.house.workers.settle()
        for desk in self.house.desks.values():
            await desk.listen()
        await self.person.read()

    async def _house(self, what: str) -> None:
        if what in ("wish", "callback"):
            reason = Reason.asked if what == "wish" else Reason.callback
            async with self.house.database.transaction() as session:
                await ask(session, self.team, self.person.id, reason)
                if what == "wish":
                    await human_part.wait(session, self.person.id, now())
        elif what == "rasa":
            answers = self.house.rasa.answer({}).status_code == httpx.codes.OK
            self.house.rasa.answer = (lambda asked: httpx.Response(500)) if answers else greet
        else:
            await getattr(self.house.workers, what)()

    async def _reload(self, who: str) -> None:
        if who == "person":
            self.person.shown.clear()
            await self.person.read()
        else:
            await self.house.desks[who].begin()

    async def _act(self, desk: Desk, what: str | int, line: str) -> None:
        names = self.house.acts
        self.count += 1
        said = {"id": str(uuid4()), "text": f"Message {self.count} du bureau"}
        colleague = self.team.ronan if desk.who is self.team.nolwenn else self.team.nolwenn
        given = {"caseworker": str(colleague.id), "until": (now() + timedelta(hours=3)).isoformat(), "seq": 1}
        given |= {"organisation": str(self.team.stranger.organisation_id), "comment": "Pour vous", "why": "Demandé"}
        await desk.act(names[what % len(names)] if isinstance(what, int) else what, body() | given | said, line)


def greet(asked: dict[str, Any]) -> httpx.Response:
    return says("greet", "greet")
