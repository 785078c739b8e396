"""Server-sent events: what is stored, in order, as soon as it is, and a comment now and then to keep the line open."""

import json
from collections.abc import AsyncIterator
from typing import NamedTuple
from uuid import UUID

from api.conversations import service
from api.conversations.showing import as_json
from api.conversations.tables import Mode
from api.core.bus import Bus, heard
from api.core.database import Database
from api.desk import human_part

HEARTBEAT = 15.0
LOOK_AGAIN = 5.0
"""Seconds. A wake-up lost with a PostgreSQL connection costs at most this."""


class _Seen(NamedTuple):
    mode: Mode | None
    """None: the conversation is gone."""
    who: str | None
    """The first name of the caseworker who answers."""
    first: int
    """The first message that is still kept."""
    rows: list[tuple[int, dict[str, object]]]


async def events(database: Database, bus: Bus, conversation_id: UUID, after: int) -> AsyncIterator[str]:
    """Messages past `after`, then whatever comes, until the browser goes away or the conversation is erased."""
    told: dict[str, object] = {}
    first = 1
    silent = 0.0
    with bus.waiting(f"out:{conversation_id}") as event:
        while True:
            event.clear()
            seen = await _look(database, conversation_id, after)
            if seen.mode is None:
                return
            now: dict[str, object] = {"mode": seen.mode} | ({"who": seen.who} if seen.who else {})
            if now != told:
                told = now
                yield _event("mode", told)
            for seq, body in seen.rows:
                after = seq
                yield _event("message", body, seq)
            if seen.first > first:
                first = seen.first
                yield _event("first", {"first": first})
            if seen.rows:
                silent = 0.0
                continue
            silent = 0.0 if await heard(event, LOOK_AGAIN) else silent + LOOK_AGAIN
            if silent >= HEARTBEAT:
                silent = 0.0
                yield ": still here\n\n"


async def _look(database: Database, conversation_id: UUID, after: int) -> _Seen:
    async with database.transaction() as session:
        rows = await service.read(session, conversation_id, after)
        found = await service.as_it_stands(session, conversation_id)
        if found is None:
            return _Seen(None, None, 1, [])
        conversation, first = found
        shown = [(message.seq, as_json(message, choices)) for message, choices in rows]
        return _Seen(conversation.mode, await human_part.answering(session, conversation), first, shown)


def _event(kind: str, body: dict[str, object], seq: int | None = None) -> str:
    number = f"id: {seq}\n" if seq is not None else ""
    return f"event: {kind}\n{number}data: {json.dumps(body, ensure_ascii=False)}\n\n"
