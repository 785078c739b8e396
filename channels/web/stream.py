"""Server-sent events: what is stored, in order, as soon as it is, and a comment now and then to keep the line open."""

import json
import random
from collections.abc import AsyncIterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from api.conversations import service
from api.conversations.showing import reader_of
from api.core.bus import Bus, heard
from api.core.clock import now
from api.core.database import Database
from api.desk import human_part
from channels.web import cards

HEARTBEAT = 15.0
"""Seconds at most between two signs of life, each after one more look: that it is not known any more who reads, no
wake-up tells. After a lost PostgreSQL connection the bus wakes everybody by itself; with 300 pages open, a look of each
every 5 s took an eighth of a processor while nobody wrote."""


class _Seen(NamedTuple):
    state: dict[str, object]
    """Who answers, and since when it is known who reads: what was read before is to be read again when that changes."""
    first: int
    """The first message that is still kept."""
    rows: list[tuple[int, dict[str, object]]]


async def events(
    database: Database, bus: Bus, conversation_id: UUID, after: int, since: datetime | None = None
) -> AsyncIterator[str]:
    """Messages past `after`, then whatever comes, until the browser goes away, the conversation is erased or we end.

    `since`: as `returning.Opened` has it.
    """
    told: dict[str, object] = {}
    first = 1
    with bus.waiting(f"out:{conversation_id}") as event:
        while not bus.ended:
            event.clear()
            seen = await _look(database, conversation_id, after, since)
            if seen is None:
                return
            if seen.state != told:
                told = seen.state
                yield _event("mode", told)
            for seq, body in seen.rows:
                after = seq
                yield _event("message", body, seq)
            if seen.first > first:
                first = seen.first
                yield _event("first", {"first": first})
            if len(seen.rows) == service.SEEN_AT_ONCE:
                continue
            if not await heard(event, a_while()):
                yield ": still here\n\n"


def a_while() -> float:
    """Seconds until the next look: pages that opened together, after a restart, must not look together for ever."""
    return random.uniform(HEARTBEAT / 2, HEARTBEAT)


async def _look(database: Database, conversation_id: UUID, after: int, since: datetime | None) -> _Seen | None:
    """None: the conversation is gone."""
    async with database.transaction() as session:
        rows = await service.read(session, conversation_id, after)
        found = await service.as_it_stands(session, conversation_id)
        if found is None:
            return None
        conversation, first = found
        shown = await cards.shown(session, conversation, rows, since)
        numbered = [(message.seq, body) for (message, _), body in zip(rows, shown, strict=True)]
        known_since = reader_of(conversation, now(), since).known_since
        who = await human_part.answering(session, conversation)
        state: dict[str, object] = {"mode": conversation.mode}
        state |= {"who": who} if who else {}
        state |= {"known_since": known_since} if known_since else {}
        return _Seen(state, first, numbered)


def _event(kind: str, body: dict[str, object], seq: int | None = None) -> str:
    number = f"id: {seq}\n" if seq is not None else ""
    return f"event: {kind}\n{number}data: {json.dumps(body, ensure_ascii=False)}\n\n"
