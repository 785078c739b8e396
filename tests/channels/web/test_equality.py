"""Whatever happens to line, server and tabs: in the end a page shows what the server holds, and nothing twice.

The page's own modules run in Node.js, over real connections to the real application, which break after any byte.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import hypothesis
import pytest_asyncio
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from api.conversations.service import TOKEN, locked, next_message
from api.conversations.tables import Author, Conversation, Message, MessageStatus
from api.core.background import background
from api.core.bus import Bus
from api.core.clock import now
from api.core.database import Database, notify
from api.core.settings import Settings
from api.desk import human_part
from tests import factories
from tests.channels.web.browsers import House, Tabs, house, tabs

STEPS = st.one_of(
    st.tuples(st.just("write"), st.integers(0, 2)),
    st.tuples(st.just("write"), st.integers(0, 2)),
    st.tuples(st.just("answers"), st.sampled_from([1, 2, 130])),
    st.tuples(st.sampled_from(["reload", "double", "second"]), st.integers(0, 2)),
    st.tuples(st.sampled_from(["cut", "away", "back", "restart", "erase", "mode", "pause"]), st.just(0)),
)
"""What happens, and to which tab or how much."""
CUTS = st.lists(st.integers(0, 4000), max_size=12)
"""After how many bytes, of both directions, each connection breaks: a POST and its answer have about 900."""
LATEST = 15.0
"""Seconds for all to be well again."""
_number = count(1)


@dataclass
class Story:
    """One browser, one conversation, and what was written in it."""

    house: House
    tabs: Tabs
    database: Database
    open: list[int] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    erased: set[str] = field(default_factory=set)

    async def begin(self, cuts: list[int]) -> None:
        self.house.line.cuts = list(cuts)
        await self._tab()

    async def step(self, what: str, which: int) -> None:
        tab = self.open[which % len(self.open)]
        match what:
            case "write":
                self.written.append(f"texte {next(_number)}")
                await self.tabs.do("write", tab, text=self.written[-1])
            case "reload" | "double":
                await self.tabs.do(what, tab)
            case "second" if await self.token():
                await self._tab(like=self.open[0])
            case "cut":
                self.house.line.cut()
            case "away" | "back":
                self.house.line.up = what == "back"
            case "restart":
                await self.house.stop()
                await self.house.start()
            case "answers" | "erase" | "mode":
                await self._change(what, which)
        await asyncio.sleep(0.03 if what == "pause" else 0.004)

    async def token(self) -> str | None:
        shown = await self.tabs.do("shows", self.open[0])
        token: str | None = shown["token"]
        return token

    async def settle(self) -> list[dict[str, Any]]:
        """The network is whole again and somebody looks: what each tab shows once all is well, or at the latest."""
        line, loop = self.house.line, asyncio.get_running_loop()
        line.up, line.cuts, until = True, [], loop.time() + LATEST
        for tab in self.open:
            await self.tabs.do("nudge", tab)
        shown = await self._shown()
        while any(one["pending"] for one in shown) and loop.time() < until:
            await asyncio.sleep(0.02)
            shown = await self._shown()
        # Nobody writes any more: what the server holds now, it holds in the end.
        held = await self.held()
        while any(told(one) != held for one in shown) and loop.time() < until:
            await asyncio.sleep(0.02)
            shown = await self._shown()
        return shown

    async def _shown(self) -> list[dict[str, Any]]:
        return [await self.tabs.do("shows", tab) for tab in self.open]

    async def held(self) -> dict[str, Any]:
        token = await self.token()
        return told(await self.house.transcript(token)) if token else {"mode": "assistant", "messages": []}

    async def end(self) -> None:
        for tab in self.open:
            await self.tabs.do("close", tab)

    async def _tab(self, **like: int) -> None:
        self.open.append(next(_number))
        await self.tabs.do("open", self.open[-1], **like)

    async def _change(self, what: str, many: int) -> None:
        """What a worker or a desk does to the conversation, in one transaction."""
        digest = self.house.app.state.sealer.digest(TOKEN, await self.token() or "")
        async with self.database.transaction() as session:
            found = await session.scalar(select(Conversation.id).where(Conversation.token_digest == digest))
            if found is None:
                return
            row = await locked(session, found)
            if what == "mode" and row.mode == "assistant":
                await human_part.wait(session, found, now())
            elif what == "mode":
                await human_part.stop_waiting(session, row, now())
            else:
                said = [next_message(row, Author.assistant, "réponse", MessageStatus.sent) for _ in range(many or 1)]
                session.add_all(said)
                await session.flush()
                if what == "erase":
                    gone = delete(Message).where(Message.conversation_id == found, Message.id != said[-1].id)
                    rows = await session.execute(gone.returning(Message.author, Message.text))
                    self.erased |= {text for author, text in rows if author is Author.person}
            await notify(session, f"out:{found}")


def told(shown: dict[str, Any]) -> dict[str, Any]:
    """Who answers and every message, as far as a person sees them."""
    rows = [(row["seq"], row["author"], row["text"]) for row in shown["messages"]]
    return {"mode": shown["mode"], "messages": rows}


async def end_turns(database: Database, bus: Bus) -> None:
    """A worker that ends each turn without a word, as when a caseworker has the conversation."""
    written = update(Conversation).where(Conversation.waiting_since.is_not(None)).values(waiting_since=None)
    with bus.waiting("in") as event:
        while True:
            await event.wait()
            event.clear()
            async with database.transaction() as session:
                ended = await session.scalars(written.returning(Conversation.id))
                await notify(session, *(f"out:{one}" for one in ended))


@pytest_asyncio.fixture(loop_scope="session")
async def places(settings: Settings, database: Database) -> AsyncIterator[tuple[House, Tabs]]:
    """A house, a worker and a browser for every story."""
    async with database.transaction() as session:
        await factories.authority(session)
    bus = Bus(settings.database_url)
    async with (
        background(bus.run(), end_turns(database, bus)),
        house(settings) as running,
        tabs(running.line.port) as browser,
    ):
        yield running, browser


@given(steps=st.lists(STEPS, min_size=3, max_size=20), cuts=CUTS)
@hypothesis.settings(
    max_examples=40,
    # A story takes a third of a second: to shorten one that fails would take minutes.
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
async def test_in_the_end_each_tab_shows_what_the_server_holds_and_nothing_twice(
    steps: list[tuple[str, int]], cuts: list[int], places: tuple[House, Tabs], database: Database
) -> None:
    story = Story(*places, database)
    await story.begin(cuts)
    for what, which in steps:
        await story.step(what, which)
    shown = await story.settle()
    held = await story.held()
    for one in shown:
        assert told(one) == held
        assert one["pending"] == []
        # What was erased before it came back is rightly seen nowhere.
        assert [wrong for wrong in one["wrong"] if wrong.removeprefix("hidden: ") not in story.erased] == []
    kept = [text for _, author, text in held["messages"] if author == "person"]
    assert len(kept) == len(set(kept))
    assert set(kept) | story.erased == set(story.written)
    await story.end()
