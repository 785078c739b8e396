"""Server-sent events of an organisation's feed: what changed, by its number, as soon as it did."""

import json
from collections.abc import AsyncIterator

from api.caseworkers import accounts
from api.caseworkers.accounts import Account
from api.core.bus import Bus, heard
from api.core.clock import now
from api.core.database import Database
from api.core.errors import Gone, NotAllowed
from api.core.sealing import Sealer
from api.desk.feed import since, too_old
from api.desk.tables import FeedEvent

HEARTBEAT = 15.0
LOOK_AGAIN = 5.0
"""Seconds. A wake-up lost with a PostgreSQL connection costs at most this."""


class Listening:
    """One desk that listens, for as long as its session lasts."""

    def __init__(self, database: Database, bus: Bus, sealer: Sealer, token: str) -> None:
        self._database, self._bus, self._sealer, self._token = database, bus, sealer, token

    async def begin(self, after: int) -> Account:
        """Who listens.

        Raises:
            NotAllowed: nobody is signed in.
            Gone: events past `after` are not kept any more, or never were: the queue must be read anew.
        """
        async with self._database.sessions() as session:
            who = await accounts.by_session(session, self._sealer, self._token, now())
            if await too_old(session, who.organisation_id, after):
                raise Gone
            return who

    async def events(self, who: Account, after: int) -> AsyncIterator[str]:
        """Events past `after`, then whatever comes, until the browser goes away or the session ends."""
        silent = 0.0
        with self._bus.waiting(f"desk:{who.organisation_id}") as event:
            while True:
                event.clear()
                try:
                    rows = await self._look(after)
                except NotAllowed:
                    return
                for row in rows:
                    after = row.number
                    yield _event(row)
                if rows:
                    silent = 0.0
                    continue
                silent = 0.0 if await heard(event, LOOK_AGAIN) else silent + LOOK_AGAIN
                if silent >= HEARTBEAT:
                    silent = 0.0
                    yield ": still here\n\n"

    async def _look(self, after: int) -> list[FeedEvent]:
        """Rolled back: a page left open is not somebody at work, and must not keep its session alive."""
        async with self._database.sessions() as session:
            who = await accounts.by_session(session, self._sealer, self._token, now())
            return await since(session, who.organisation_id, after)


def _event(row: FeedEvent) -> str:
    body = {
        "number": row.number,
        "kind": row.kind,
        "escalation": str(row.escalation_id),
        "by": str(row.actor_id) if row.actor_id else None,
        "rings": row.rings,
        "urgent": row.urgent,
    }
    return f"id: {row.number}\ndata: {json.dumps(body)}\n\n"
