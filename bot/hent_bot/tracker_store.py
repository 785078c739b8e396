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
from time import monotonic
from typing import Any, TypeVar

import sqlalchemy as sa
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
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


# The events since the last `session_started`, by id: clocks may go back, a sequence does not.
_SESSION = """
SELECT data FROM events
WHERE sender_id = %(conversation)s AND id >= coalesce(
  (SELECT max(id) FROM events WHERE sender_id = %(conversation)s AND type_name = 'session_started'), 0)
ORDER BY id
"""
# In one statement, or nothing. The share lock makes the server's next fence wait for this insert, so that it deletes
# all of it or none; a fence that was raised while this one waited is seen, and nothing is written.
_APPEND = """
WITH held AS (SELECT FROM fences WHERE sender_id = %(conversation)s AND fence = %(fence)s FOR SHARE)
INSERT INTO events (sender_id, type_name, "timestamp", intent_name, action_name, data)
SELECT %(conversation)s, type_name, "timestamp", intent_name, action_name, data
FROM held, ROWS FROM (jsonb_to_recordset(%(rows)s::jsonb) AS (
  type_name text, "timestamp" float, intent_name text, action_name text, data text
)) WITH ORDINALITY
ORDER BY ordinality
"""
# Seconds that a connection may rest before it is probed: no PostgreSQL comes back sooner.
_RESTS = 0.5


def make_engine(settings: DatabaseSettings) -> sa.engine.Engine:
    """A small pool that gives up quickly: a turn is asked again, so it is better to fail in 3 s than to wait.

    `hide_parameters` keeps what people said out of every database error.
    """
    limits = "-c statement_timeout=3000 -c lock_timeout=2000"
    engine = sa.create_engine(
        "postgresql+psycopg2://",
        connect_args={**settings.connect_args(), "connect_timeout": 3, "options": limits},
        # Each turn is two statements of their own: BEGIN and COMMIT around each were half of the round trips.
        isolation_level="AUTOCOMMIT",
        pool_size=3,
        max_overflow=3,
        pool_timeout=3,
        pool_reset_on_return=None,
        hide_parameters=True,
    )
    _probe_the_rested(engine)
    return engine


def _probe_the_rested(engine: sa.engine.Engine) -> None:
    """Probe what rested as it leaves the pool, as the server does (api/core/database.py)."""

    def note(_: Any, record: Any) -> None:
        record.info["used"] = monotonic()

    def probe(connection: Any, record: Any, _: Any) -> None:
        if monotonic() - record.info.get("used", monotonic()) < _RESTS:
            return
        try:
            engine.dialect.do_ping(connection)
        except Exception as dead:
            raise sa.exc.InvalidatePoolError from dead

    sa.event.listen(engine, "checkin", note)
    sa.event.listen(engine, "checkout", probe)


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
        await _in_thread(lambda: [self._read(f"SELECT 1 FROM {table.name} LIMIT 0") for table in (events, fences)])

    async def keys(self) -> Iterable[str]:
        """The conversations that have events."""
        rows = await _in_thread(lambda: self._read("SELECT DISTINCT sender_id FROM events"))
        return [row.sender_id for row in rows]

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The tracker of the conversation's current session, or None. Raises StoreFailed."""
        rows = await _in_thread(lambda: self._read(_SESSION, conversation=sender_id))
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
        rows = [_row(event) for event in islice(tracker.events, turn.stored, None)]
        if rows:
            await _in_thread(lambda: self._append(turn, rows))
            turn.stored += len(rows)

    def _read(self, query: str, **values: Any) -> list[Any]:
        with self._engine.connect() as connection:
            return list(connection.exec_driver_sql(query, values))

    def _append(self, turn: turns.Turn, rows: list[dict[str, Any]]) -> None:
        values = {"conversation": turn.conversation, "fence": turn.fence, "rows": json.dumps(rows)}
        with self._engine.connect() as connection:
            if connection.exec_driver_sql(_APPEND, values).rowcount != len(rows):
                raise FenceLost


def _row(event: Event) -> dict[str, Any]:
    data = event.as_dict()
    return {
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
