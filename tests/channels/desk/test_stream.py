"""A desk that listens: nothing missed at a reconnection, nothing told to somebody who has left."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any, cast

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI
from sqlalchemy import delete, select, update

from api.caseworkers.tables import Caseworker, CaseworkerSession
from api.core.clock import now
from api.core.database import Database
from api.desk import feed
from api.desk.tables import FeedEvent, FeedKind
from channels.desk import stream
from channels.desk.stream import Listening
from tests.channels.desk.conftest import Team


def read(event: str) -> tuple[str, dict[str, Any]]:
    number, _, data = event.strip().partition("\ndata: ")
    return number, json.loads(data)


FROM_THE_PERSON = {"by": None, "rings": False, "urgent": False}


async def publish(database: Database, team: Team) -> int:
    async with database.transaction() as session:
        await feed.publish(session, team.organisation.id, feed.News(FeedKind.message, team.escalation))
        return await feed.last(session, team.organisation.id)


@pytest_asyncio.fixture
async def listening(app: FastAPI, desk: httpx.AsyncClient) -> Listening:
    """As our caseworker."""
    return Listening(app.state.database, app.state.fanout, app.state.sealer, desk.cookies["hent_desk"])


async def opened(listening: Listening, after: int) -> AsyncIterator[str]:
    return listening.events(await listening.begin(after), after)


async def following(events: AsyncIterator[str]) -> tuple[str, dict[str, Any]]:
    return read(await asyncio.wait_for(anext(events), 4))


async def test_it_resumes_after_the_last_number_and_hears_the_next_at_once(
    listening: Listening, database: Database, ours: Team, theirs: Team
) -> None:
    first = await publish(database, ours)
    second = await publish(database, ours)
    events = await opened(listening, first)
    told = {"number": second, "kind": "message", "escalation": str(ours.escalation)} | FROM_THE_PERSON
    assert await following(events) == (f"id: {second}", told)
    coming = asyncio.ensure_future(following(events))
    await publish(database, theirs)
    await asyncio.sleep(0.2)
    assert not coming.done()
    third = await publish(database, ours)
    assert (await coming)[0] == f"id: {third}"
    await cast(Any, events).aclose()


async def sign_out(database: Database) -> None:
    async with database.transaction() as session:
        await session.execute(update(CaseworkerSession).values(ended_at=now()))


async def test_it_ends_with_the_session(
    listening: Listening, database: Database, ours: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "CHECKED_EVERY", 0.3)
    events = await opened(listening, await publish(database, ours))
    waiting = asyncio.ensure_future(anext(events, None))
    await asyncio.sleep(0.1)
    await sign_out(database)
    assert await asyncio.wait_for(waiting, 4) is None


async def test_whoever_is_signed_out_is_told_nothing_more_than_a_check_later(
    listening: Listening, database: Database, ours: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "CHECKED_EVERY", 0.3)
    events = await opened(listening, 0)
    await following(events)
    await publish(database, ours)
    await sign_out(database)
    # A browser that reads slowly: what waits for it is told before the next check, or never.
    await asyncio.sleep(0.4)
    assert await asyncio.wait_for(anext(events, None), 4) is None


async def test_whoever_works_elsewhere_by_now_hears_no_more_of_this_team(
    listening: Listening, database: Database, ours: Team, theirs: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "CHECKED_EVERY", 0.0)
    events = await opened(listening, await publish(database, ours))
    async with database.transaction() as session:
        moved = update(Caseworker).where(Caseworker.id == ours.caseworker.id)
        await session.execute(moved.values(organisation_id=theirs.organisation.id))
    await publish(database, ours)
    assert await asyncio.wait_for(anext(events, None), 4) is None


async def test_a_page_left_open_does_not_keep_its_session_alive(
    listening: Listening, database: Database, ours: Team
) -> None:
    long_ago = now() - timedelta(minutes=10)
    async with database.transaction() as session:
        await session.execute(update(CaseworkerSession).values(seen_at=long_ago))
    events = await opened(listening, await publish(database, ours) - 1)
    await following(events)
    await cast(Any, events).aclose()
    async with database.transaction() as session:
        assert await session.scalar(select(CaseworkerSession.seen_at)) == long_ago


async def test_what_is_not_kept_any_more_is_said_to_be_gone(
    desk: httpx.AsyncClient, database: Database, ours: Team
) -> None:
    last = [await publish(database, ours) for _ in range(3)][-1]
    async with database.transaction() as session:
        await session.execute(delete(FeedEvent).where(FeedEvent.number < last))
    for asked in ({"params": {"after": 1}}, {"headers": {"Last-Event-ID": "1"}}, {"params": {"after": last + 5}}):
        gone = await desk.get("/desk/events", **cast(Any, asked))
        assert (gone.status_code, gone.json()["error"]) == (410, "gone")
