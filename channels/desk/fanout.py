"""One look at an organisation's feed for all the desks of this process that listen to it."""

import asyncio
import json
import logging
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError

from api.core.bus import Bus, heard
from api.core.database import Database
from api.core.errors import Gone
from api.desk import feed
from api.desk.tables import FeedEvent

log = logging.getLogger("hent.desk")

KEPT = 500
"""Events in hand. Whoever lacks more reads them in the database, so that a slow reader costs no memory."""
LOOK_AGAIN = 5.0
"""Seconds. A wake-up lost with a PostgreSQL connection costs at most this."""


class Told(NamedTuple):
    """One event, as it is streamed."""

    number: int
    text: str


class Line:
    """What an organisation's feed told lately: numbers without a gap, of which the last is the last that was seen."""

    def __init__(self, database: Database, organisation_id: UUID) -> None:
        self._database, self._organisation_id = database, organisation_id
        self._told: deque[Told] = deque(maxlen=KEPT)
        self._last: int | None = None
        self.listeners: set[asyncio.Event] = set()
        self.ended = False

    async def past(self, after: int) -> Sequence[Told]:
        """What follows `after`, or its beginning; nothing when all was told. Raises Gone: it is not kept any more."""
        if self._last is not None and after >= self._last:
            return []
        if self._last is not None and after >= self._last - len(self._told):
            return list(islice(self._told, after - self._last + len(self._told), None))
        async with self._database.sessions() as session:
            if await feed.too_old(session, self._organisation_id, after):
                raise Gone
            return [_told(row) for row in await feed.since(session, self._organisation_id, after)]

    async def follow(self, bus: Bus) -> None:
        """Look at the feed whenever it is told of, until cancelled, until PostgreSQL goes away or until we end."""
        try:
            with bus.waiting(f"desk:{self._organisation_id}") as event:
                async with self._database.sessions() as session:
                    self._last = await feed.last(session, self._organisation_id)
                while not bus.ended:
                    self._wake()
                    await heard(event, LOOK_AGAIN)
                    event.clear()
                    while await self._look(self._last):
                        self._wake()
        except (SQLAlchemyError, OSError) as error:
            log.warning("feed lost: %s", type(error).__name__)

    def end(self) -> None:
        """Nothing will come any more: whoever still listens begins anew."""
        self.ended = True
        self._wake()

    async def _look(self, after: int) -> bool:
        """Take in what is new; whether there may be more."""
        async with self._database.sessions() as session:
            rows = await feed.since(session, self._organisation_id, after)
        for row in rows:
            if row.number - 1 != self._last:
                self._told.clear()
            self._told.append(_told(row))
            self._last = row.number
        return len(rows) == feed.AT_ONCE

    def _wake(self) -> None:
        for event in self.listeners:
            event.set()


class Fanout:
    """Every line that somebody listens to: begun by the first, ended with the last."""

    def __init__(self, database: Database, bus: Bus) -> None:
        self._database, self._bus = database, bus
        self._lines: dict[UUID, Line] = {}
        self._following: dict[Line, asyncio.Task[None]] = {}

    @contextmanager
    def listening(self, organisation_id: UUID) -> Iterator[tuple[Line, asyncio.Event]]:
        """The line of an organisation, and an event that is set when there may be more of it, or no more at all."""
        line = self._lines.get(organisation_id)
        if line is None or line.ended:
            line = self._begin(organisation_id)
        event = asyncio.Event()
        line.listeners.add(event)
        try:
            yield line, event
        finally:
            line.listeners.discard(event)
            if not line.listeners:
                self._end(organisation_id, line)

    def _begin(self, organisation_id: UUID) -> Line:
        line = self._lines[organisation_id] = Line(self._database, organisation_id)
        task = self._following[line] = asyncio.create_task(line.follow(self._bus))
        # A task that is cancelled before its first step runs nothing of its own, not even what is `finally`.
        task.add_done_callback(lambda _: self._followed(line))
        return line

    def _followed(self, line: Line) -> None:
        del self._following[line]
        line.end()

    def _end(self, organisation_id: UUID, line: Line) -> None:
        if line in self._following:
            self._following[line].cancel()
        if self._lines.get(organisation_id) is line:
            del self._lines[organisation_id]


def _told(row: FeedEvent) -> Told:
    body = {
        "number": row.number,
        "kind": row.kind,
        "escalation": str(row.escalation_id),
        "by": str(row.actor_id) if row.actor_id else None,
        "rings": row.rings,
        "urgent": row.urgent,
    }
    return Told(row.number, f"id: {row.number}\ndata: {json.dumps(body)}\n\n")
