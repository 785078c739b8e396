"""Where Rasa's events live: two tables in the `rasa` schema of the server's own PostgreSQL.

Rasa's own SQL store creates tables at start, waits for ever for a database, counts the session again at each save and
is wrapped in one that falls back to memory and answers 200. This one raises. The tables are made by the server's
migrations: `events` (Rasa's own columns) and `fences` (sender_id, fence).
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any, TypeVar

import sqlalchemy as sa
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker

from hent_bot import turn as turns
from hent_bot.errors import FenceLost, StoreFailed
from hent_bot.settings import DatabaseSettings

_Result = TypeVar("_Result")

_tables = sa.MetaData()
events = sa.Table(
    "events",
    _tables,
    sa.Column("id", sa.BigInteger, primary_key=True),
    sa.Column("sender_id", sa.String(255), nullable=False),
    sa.Column("type_name", sa.String(255), nullable=False),
    sa.Column("timestamp", sa.Float),
    sa.Column("intent_name", sa.String(255)),
    sa.Column("action_name", sa.String(255)),
    sa.Column("data", sa.Text),
)
fences = sa.Table(
    "fences",
    _tables,
    sa.Column("sender_id", sa.String(255), primary_key=True),
    sa.Column("fence", sa.BigInteger, nullable=False),
)


def make_engine(settings: DatabaseSettings) -> sa.engine.Engine:
    """A small pool that gives up quickly: a turn is asked again, so it is better to fail in 3 s than to wait.

    `hide_parameters` keeps what people said out of every database error.
    """
    limits = "-c statement_timeout=3000 -c lock_timeout=2000"
    return sa.create_engine(
        "postgresql+psycopg2://",
        connect_args={**settings.connect_args(), "connect_timeout": 3, "options": limits},
        pool_size=3,
        max_overflow=3,
        pool_timeout=3,
        pool_pre_ping=True,
        hide_parameters=True,
    )


class HentTrackerStore(TrackerStore):
    """Reads and appends the events of the conversation's current session, each append behind its fence."""

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: None = None,
        host: str | None = None,
        engine: sa.engine.Engine | None = None,
    ) -> None:
        """`host` is what Rasa passes from endpoints.yml (nothing: the environment says it); `engine` serves tests."""
        super().__init__(domain, event_broker)
        self._engine = engine or make_engine(DatabaseSettings.from_environment())

    async def check(self) -> None:
        """Raise StoreFailed unless both tables can be read."""
        await _in_thread(lambda: [self._read(sa.select([table]).limit(0)) for table in (events, fences)])

    async def keys(self) -> Iterable[str]:
        """The conversations that have events."""
        rows = await _in_thread(lambda: self._read(sa.select([events.c.sender_id]).distinct()))
        return [row.sender_id for row in rows]

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The tracker of the conversation's current session, or None. Raises StoreFailed."""
        rows = await _in_thread(lambda: self._read(_session_events(sender_id)))
        turns.current().stored = len(rows)
        if not rows:
            return None
        return DialogueStateTracker.from_dict(sender_id, [json.loads(row.data) for row in rows], self.domain.slots)

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """Refused: nothing of Hent needs the sessions of the past, and Rasa's HTTP API stays off."""
        raise NotImplementedError("only the current session can be read")

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Append the events that are new since the tracker was read. Raises FenceLost or StoreFailed."""
        turn = turns.current()
        rows = [_row(tracker.sender_id, event) for event in islice(tracker.events, turn.stored, None)]
        if rows:
            await _in_thread(lambda: self._append(turn, rows))
            turn.stored += len(rows)

    def _read(self, query: sa.sql.Select) -> list[Any]:
        with self._engine.connect() as connection:
            return list(connection.execute(query))

    def _append(self, turn: turns.Turn, rows: list[dict[str, Any]]) -> None:
        held = sa.select([fences.c.fence]).where(fences.c.sender_id == turn.conversation).with_for_update(read=True)
        with self._engine.begin() as connection:
            # The share lock makes the server's next fence wait for this insert, so it deletes all of it or none.
            if connection.execute(held).scalar() != turn.fence:
                raise FenceLost
            connection.execute(events.insert(), rows)


def _session_events(sender_id: str) -> sa.sql.Select:
    """The events since the last `session_started`, by id: clocks may go back, a sequence does not."""
    started = (
        sa.select([sa.func.max(events.c.id)])
        .where(events.c.sender_id == sender_id, events.c.type_name == SessionStarted.type_name)
        .scalar_subquery()
    )
    return (
        sa.select([events.c.data])
        .where(events.c.sender_id == sender_id, events.c.id >= sa.func.coalesce(started, 0))
        .order_by(events.c.id)
    )


def _row(sender_id: str, event: Event) -> dict[str, Any]:
    data = event.as_dict()
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }


async def _in_thread(work: Callable[[], _Result]) -> _Result:
    """Run `work` off the event loop: waiting for a fence's lock must not stop the other conversations."""
    try:
        return await asyncio.get_running_loop().run_in_executor(None, work)
    except sa.exc.SQLAlchemyError as error:
        raise StoreFailed from error
