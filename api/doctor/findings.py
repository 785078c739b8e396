"""What an examination stands on, and what it finds."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import httpx
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.settings import Settings


@dataclass(frozen=True)
class Trouble:
    """One fault, in plain French: no value of a secret, and nothing of anybody."""

    what: str
    cure: str
    """What to do, or where it is written."""


@dataclass(frozen=True)
class Place:
    """An installation as it stands at one moment, seen from one of its processes."""

    settings: Settings
    environment: Mapping[str, str]
    http: httpx.AsyncClient
    now: datetime
    demo_folder: Path
    """Where a demonstration of this machine keeps its secrets: they are nobody else's."""


@dataclass(frozen=True)
class House(Place):
    """The same, with its database at hand."""

    session: AsyncSession

    @classmethod
    def at(cls, place: Place, session: AsyncSession) -> "House":
        """That place, and a session in its database."""
        return cls(place.settings, place.environment, place.http, place.now, place.demo_folder, session)


Look = Callable[[Place], Awaitable[Trouble | None]]
LookInside = Callable[[House], Awaitable[Trouble | None]]
