"""Many listen to one feed: whoever comes, goes, reads slowly or is cut off, each is told every number once."""

import asyncio
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, cast

import httpx
import hypothesis
import pytest
import pytest_asyncio
from fastapi import FastAPI
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.bus import Bus
from api.core.database import Database
from api.core.sealing import Sealer
from api.desk import feed
from channels.desk import fanout, stream
from channels.desk.fanout import Fanout
from channels.desk.stream import Listening
from tests.channels.desk.conftest import Team
from tests.channels.desk.test_stream import publish, read

PATIENCE = 0.05
"""Seconds without an event until a desk's line is cut."""
STEPS = st.one_of(
    st.tuples(st.just("come"), st.integers(0, 12)),
    st.tuples(st.just("read"), st.integers(0, 7)),
    st.tuples(st.just("leave"), st.integers(0, 7)),
    st.tuples(st.sampled_from(["tell", "tell", "whisper"]), st.integers(1, 4)),
    st.tuples(st.sampled_from(["away", "pause"]), st.just(0)),
)
"""What happens, and to whom or how much: a whisper wakes nobody up."""


class Flaky(Database):
    """PostgreSQL, which goes away and comes back."""

    def __init__(self, database: Database) -> None:
        self.engine, self.away, self.asked = database.engine, False, 0
        self._there = database.sessions
        self.sessions = cast(Any, self._session)

    def _session(self) -> AsyncSession:
        if self.away:
            raise OperationalError("connect", None, ConnectionRefusedError())
        self.asked += 1
        return self._there()


@dataclass
class Desk:
    """A browser: it asks again past its last number whenever its stream ends, and takes in one event at a time."""

    listening: Listening
    first: int
    heard: list[int] = field(default_factory=list)
    _events: AsyncIterator[str] | None = None

    async def hear(self) -> bool:
        """The next event; False when there is none for now."""
        last = self.heard[-1] if self.heard else self.first
        try:
            if self._events is None:
                self._events = self.listening.events(await self.listening.begin(last), last)
            event = await asyncio.wait_for(anext(self._events), PATIENCE)
        except (StopAsyncIteration, TimeoutError, OperationalError):
            await self.leave()
            return False
        self.heard.append(read(event)[1]["number"])
        return True

    async def leave(self) -> None:
        """The line is cut."""
        if self._events:
            await cast(Any, self._events).aclose()
        self._events = None


@dataclass
class House:
    """One process, its database, and whoever listens."""

    database: Database
    flaky: Flaky
    bus: Bus
    fanout: Fanout
    listening: Any
    team: Team
    last: int
    desks: list[Desk] = field(default_factory=list)

    async def step(self, what: str, which: int) -> None:
        """One thing happens."""
        if what == "come":
            self.desks.append(Desk(self.listening(), max(0, self.last - which)))
        elif what in ("tell", "whisper"):
            for _ in range(which):
                self.last = await publish(self.database, self.team)
            if what == "tell":
                self.bus.wake(f"desk:{self.team.organisation.id}")
        elif what == "away":
            self.flaky.away = not self.flaky.away
        elif what == "pause":
            await asyncio.sleep(0.03)
        elif self.desks:
            desk = self.desks[which % len(self.desks)]
            await (desk.leave() if what == "leave" else desk.hear())

    async def settle(self) -> None:
        """PostgreSQL is back, and each reads all that there is."""
        self.flaky.away = False
        for desk in self.desks:
            while desk.first + len(desk.heard) < self.last:
                await desk.hear()


@pytest_asyncio.fixture
async def house(
    app: FastAPI, desk: httpx.AsyncClient, database: Database, ours: Team, sealer: Sealer, monkeypatch: Any
) -> House:
    """So little in hand, and so little at once, that a short story reaches past both."""
    for where, name, value in [(fanout, "KEPT", 4), (feed, "AT_ONCE", 3), (fanout, "LOOK_AGAIN", 0.02)]:
        monkeypatch.setattr(where, name, value)
    monkeypatch.setattr(stream, "CHECKED_EVERY", 0.1)
    flaky, bus = Flaky(database), Bus(database.url)
    lines = Fanout(flaky, bus)

    def listening() -> Listening:
        return Listening(flaky, lines, sealer, desk.cookies["hent_desk"])

    return House(database, flaky, bus, lines, listening, ours, await publish(database, ours))


@given(steps=st.lists(STEPS, min_size=4, max_size=30))
@hypothesis.settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
async def test_nobody_misses_a_number_and_nobody_hears_one_twice(steps: list[tuple[str, int]], house: House) -> None:
    for what, which in steps:
        await house.step(what, which)
    await house.settle()
    for desk in house.desks:
        assert desk.heard == list(range(desk.first + 1, house.last + 1))
        await desk.leave()
    house.desks.clear()


async def hearing(house: House, many: int) -> list[asyncio.Task[bool]]:
    """So many desks that have heard everything and wait for more."""
    house.desks = [Desk(house.listening(), house.last) for _ in range(many)]
    tasks = [asyncio.create_task(desk.hear()) for desk in house.desks]
    asked = -1
    # On a busy machine fifty take longer than a moment to begin.
    while asked != house.flaky.asked or not all(desk._events for desk in house.desks):
        asked = house.flaky.asked
        await asyncio.sleep(0.3)
    return tasks


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Desks wait as long as it takes, and nothing is looked at but what is told."""
    monkeypatch.setattr(sys.modules[__name__], "PATIENCE", 30.0)
    monkeypatch.setattr(fanout, "LOOK_AGAIN", 60.0)
    monkeypatch.setattr(stream, "CHECKED_EVERY", 60.0)


async def test_fifty_desks_cost_one_look_at_each_event(house: House, patient: None) -> None:
    waiting = await hearing(house, 50)
    before = house.flaky.asked
    await house.step("tell", 1)
    assert await asyncio.gather(*waiting) == [True] * 50
    assert house.flaky.asked == before + 1


async def test_nothing_runs_on_once_nobody_listens(house: House, patient: None) -> None:
    before = asyncio.all_tasks()
    waiting = await hearing(house, 3)
    assert len(asyncio.all_tasks() - before) == len(waiting) + 1
    for task in waiting:
        task.cancel()
    await asyncio.wait(waiting)
    await asyncio.sleep(0.1)
    assert asyncio.all_tasks() <= before


async def test_a_server_that_ends_ends_its_streams_and_begins_no_other(house: House, patient: None) -> None:
    waiting = await hearing(house, 2)
    house.bus.end()
    late = Desk(house.listening(), house.last).hear()
    assert await asyncio.wait_for(asyncio.gather(*waiting, late), 10) == [False] * 3


async def test_a_postgresql_that_goes_away_ends_the_streams_at_the_next_look(house: House, patient: None) -> None:
    waiting = await hearing(house, 2)
    house.flaky.away = True
    await house.step("tell", 1)
    assert await asyncio.wait_for(asyncio.gather(*waiting), 10) == [False] * 2
