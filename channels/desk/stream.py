"""Server-sent events of an organisation's feed: what changed, by its number, as soon as it did."""

import logging
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from api.caseworkers import accounts
from api.caseworkers.accounts import Account
from api.core.bus import heard
from api.core.clock import now
from api.core.database import Database
from api.core.errors import Gone, NotAllowed, NotAllowedHere
from api.core.sealing import Sealer
from api.desk.feed import too_old
from channels.desk.fanout import Fanout

log = logging.getLogger("hent.desk")

HEARTBEAT = 15.0
CHECKED_EVERY = 5.0
"""Seconds. Whoever is signed out, or works elsewhere from now on, is told nothing after that."""


class Listening:
    """One desk that listens, for as long as its session lasts."""

    def __init__(self, database: Database, fanout: Fanout, sealer: Sealer, token: str) -> None:
        self._database, self._fanout, self._sealer, self._token = database, fanout, sealer, token
        self._checked = 0.0

    async def begin(self, after: int) -> Account:
        """Who listens.

        Raises:
            NotAllowed: nobody is signed in.
            Gone: events past `after` are not kept any more, or never were: the queue must be read anew.
        """
        async with self._database.sessions() as session:
            self._checked = time.monotonic()
            who = await accounts.by_session(session, self._sealer, self._token, now())
            if await too_old(session, who.organisation_id, after):
                raise Gone
            return who

    async def events(self, who: Account, after: int) -> AsyncIterator[str]:
        """Events past `after`, then whatever comes, until the browser goes away or the session ends.

        They end as well when PostgreSQL goes away: the browser shows it, and asks again past its last number.
        """
        spoke = time.monotonic()
        with _ending_quietly(), self._fanout.listening(who.organisation_id) as (line, event):
            while not line.ended:
                event.clear()
                told = await line.past(after)
                for number, text in told:
                    await self._check(who)
                    after, spoke = number, time.monotonic()
                    yield text
                if told:
                    continue
                await heard(event, self._checked + CHECKED_EVERY - time.monotonic())
                await self._check(who)
                if time.monotonic() - spoke >= HEARTBEAT:
                    spoke = time.monotonic()
                    yield ": still here\n\n"

    async def _check(self, who: Account) -> None:
        """Now and then: at each event it cost fifty desks a second. Raises NotAllowed, NotAllowedHere.

        Rolled back: a page left open is not somebody at work, and must not keep its session alive.
        """
        asked = time.monotonic()
        if asked < self._checked + CHECKED_EVERY:
            return
        async with self._database.sessions() as session:
            still = await accounts.by_session(session, self._sealer, self._token, now())
        if still.organisation_id != who.organisation_id:
            raise NotAllowed
        self._checked = asked


@contextmanager
def _ending_quietly() -> Iterator[None]:
    """Who may not listen any more hears no more; who may finds out why when it asks again."""
    try:
        yield
    except (NotAllowed, NotAllowedHere, Gone):
        return
    except (SQLAlchemyError, OSError) as error:
        log.warning("stream ended: %s", type(error).__name__)
