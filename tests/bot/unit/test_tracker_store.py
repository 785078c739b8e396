"""The fence, and a store that raises, on the PostgreSQL that HENT_TEST_DATABASE_URL names."""

from __future__ import annotations

import asyncio
import os
import uuid
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from hent_bot import turn as turns
from hent_bot.errors import FenceLost, StoreFailed
from hent_bot.settings import DatabaseSettings
from hent_bot.tracker_store import HentTrackerStore, events, fences, make_engine
from hent_bot.turn import Turn

POSTGRESQL = os.environ["HENT_TEST_DATABASE_URL"]


@pytest.fixture
def engine() -> Iterator[sa.engine.Engine]:
    """An empty database with the two tables."""
    schema = f"test_{uuid.uuid4().hex}"
    options = {"options": f"-c search_path={schema}"}
    made = sa.create_engine(POSTGRESQL, connect_args=options, isolation_level="AUTOCOMMIT")
    with made.begin() as connection:
        connection.execute(sa.text(f"create schema {schema}"))
        events.metadata.create_all(connection)
    yield made
    with made.begin() as connection:
        connection.execute(sa.text(f"drop schema {schema} cascade"))
    made.dispose()


@pytest.fixture
def store(engine: sa.engine.Engine) -> HentTrackerStore:
    """The store on that database."""
    return HentTrackerStore(Domain.empty(), engine=engine)


@pytest.fixture
def conversation(engine: sa.engine.Engine) -> str:
    """A conversation whose fence is 7."""
    name = str(uuid.uuid4())
    with engine.begin() as connection:
        connection.execute(fences.insert(), {"sender_id": name, "fence": 7})
    return name


def play(store: HentTrackerStore, conversation: str, text: str, fence: int = 7, fresh: bool = False) -> list[str]:
    """One turn as Rasa plays it: read, add events, save. Gives the texts that were read."""

    async def read_and_save() -> list[str]:
        tracker = await store.get_or_create_tracker(conversation, append_action_listen=False)
        known = [event.text for event in tracker.events if isinstance(event, UserUttered)]
        if fresh:
            tracker.update(SessionStarted())
        tracker.update(ActionExecuted("action_listen"))
        tracker.update(UserUttered(text, {"name": "greet", "confidence": 1.0}))
        await store.save(tracker)
        return known

    with turns.in_hand(Turn(conversation, "t", fence, fresh)):
        return asyncio.run(read_and_save())


def count(engine: sa.engine.Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(sa.select([sa.func.count()]).select_from(events)).scalar())


def test_each_turn_finds_the_events_of_those_before_once(store: HentTrackerStore, conversation: str) -> None:
    assert play(store, conversation, "un") == []
    assert play(store, conversation, "deux") == ["un"]
    assert play(store, conversation, "trois") == ["un", "deux"]


def test_an_intent_and_a_type_are_kept_beside_the_event(
    store: HentTrackerStore, conversation: str, engine: sa.engine.Engine
) -> None:
    play(store, conversation, "un")
    with engine.connect() as connection:
        rows = connection.execute(
            sa.select([events.c.type_name, events.c.intent_name, events.c.action_name])
        ).fetchall()
    assert [tuple(row) for row in rows] == [("action", None, "action_listen"), ("user", "greet", None)]


def test_a_late_answer_of_an_abandoned_attempt_writes_nothing(
    store: HentTrackerStore, conversation: str, engine: sa.engine.Engine
) -> None:
    with pytest.raises(FenceLost):
        play(store, conversation, "un", fence=6)
    assert count(engine) == 0


def test_a_conversation_without_a_fence_is_not_written(store: HentTrackerStore, engine: sa.engine.Engine) -> None:
    with pytest.raises(FenceLost):
        play(store, str(uuid.uuid4()), "un")
    assert count(engine) == 0


def test_a_session_is_read_from_its_start_even_if_the_clock_went_back(
    store: HentTrackerStore, conversation: str, engine: sa.engine.Engine
) -> None:
    play(store, conversation, "un")
    play(store, conversation, "deux", fresh=True)
    with engine.begin() as connection:
        connection.execute(events.update().where(events.c.type_name == "session_started").values(timestamp=1.0))
    assert play(store, conversation, "trois") == ["deux"]


def test_conversations_do_not_mix(store: HentTrackerStore, conversation: str, engine: sa.engine.Engine) -> None:
    other = str(uuid.uuid4())
    with engine.begin() as connection:
        connection.execute(fences.insert(), {"sender_id": other, "fence": 7})
    play(store, conversation, "un")
    assert play(store, other, "deux") == []


def test_a_broken_database_raises_and_does_not_answer_from_memory() -> None:
    store = HentTrackerStore(Domain.empty(), engine=sa.create_engine("sqlite://"))
    with pytest.raises(StoreFailed):
        play(store, str(uuid.uuid4()), "un")
    with pytest.raises(StoreFailed):
        asyncio.run(store.check())


def test_a_database_with_both_tables_is_ready(store: HentTrackerStore) -> None:
    asyncio.run(store.check())


def test_nothing_is_saved_outside_a_turn(store: HentTrackerStore) -> None:
    tracker = DialogueStateTracker.from_events("somebody", [ActionExecuted("action_listen")])
    with pytest.raises(RuntimeError):
        asyncio.run(store.save(tracker))


def test_database_errors_hide_what_people_said() -> None:
    made = make_engine(DatabaseSettings("/tmp", "hent", "hent_rasa", ""))
    assert made.hide_parameters is True
    assert made.pool.size() <= 5
