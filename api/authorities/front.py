"""What anybody may see of a collectivité before they write: whom to call, where to go, which sites show its chat."""

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.hours import opening_phrase
from api.authorities.notices import standing
from api.authorities.service import authority_of
from api.authorities.tables import Authority, Organisation
from api.core.clock import now
from api.core.database import Database

log = logging.getLogger("hent.authorities")

FRESH_SECONDS = 10.0
"""A site that was taken off the list shows the chat no more after that."""


@dataclass(frozen=True)
class Door:
    """Where people are received, by whom: the authority itself, or one of its teams."""

    name: str
    phone: str
    address: str
    hours: str
    """As a sentence; empty when it never opens."""


@dataclass(frozen=True)
class Front:
    """An authority as its own page shows it."""

    code: str
    door: Door
    teams: tuple[Door, ...]
    """By name."""
    sites: tuple[str, ...]
    """Origins."""
    notices: tuple[str, ...] = ()
    """What happens there, or is about to, for a browser that cannot ask for it."""


class Fronts:
    """Those of one process, read again when they are ten seconds old, and kept while the database is away."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, Front]] = {}

    async def of(self, database: Database, code: str) -> Front:
        """The front of the authority `code`. Raises NotFound, or the database's own error if it was never read."""
        read_at, front = self._known.get(code, (0.0, None))
        if front and time.monotonic() - read_at <= FRESH_SECONDS:
            return front
        try:
            async with database.transaction() as session:
                front = await read_front(session, code)
        except (SQLAlchemyError, OSError) as away:
            if front is None:
                raise
            log.warning("front as last known: %s", type(away).__name__)
        self._known[code] = (time.monotonic(), front)
        return front


async def read_front(session: AsyncSession, code: str) -> Front:
    """The authority of this code, and its teams. Raises NotFound."""
    authority = await authority_of(session, code)
    mine = select(Organisation).where(Organisation.authority_code == code).order_by(Organisation.name)
    teams = tuple(_door(team, team.hours or authority.hours) for team in await session.scalars(mine))
    notices = tuple(notice.text for notice in await standing(session, code, now()))
    return Front(code, _door(authority, authority.hours), teams, tuple(authority.sites), notices)


def _door(row: Authority | Organisation, hours: Mapping[str, Any]) -> Door:
    return Door(row.name, row.phone, row.address, opening_phrase(hours))
