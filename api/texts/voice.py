"""Whose words are spoken: an authority's name, number and hours, and the sentences that it approved."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.service import authority_of, opening_phrase
from api.core import clock
from api.knowledge import facts
from api.texts.library import Entry, entries, overlaid
from api.texts.tables import TextVersion

FRESH_SECONDS = 10.0
"""An editor sees a new sentence within ten seconds; reading it at each turn cost two queries of six."""


@dataclass(frozen=True)
class Voice:
    """What every sentence of one authority may use."""

    authority: dict[str, str]
    departement: str | None
    versions: dict[str, TextVersion] = field(default_factory=dict)
    farming: bool = False
    """Whether it speaks to somebody who has the RSA from the MSA."""

    def entry(self, name: str) -> Entry:
        """The entry in this authority's words. Raises KeyError when nobody wrote it.

        What differs at the MSA is said in ours: the authority's words were written for everybody, and name the CAF.
        """
        entry = entries()[name]
        if self.farming and entry.at_msa:
            return entry.at_msa
        version = self.versions.get(name)
        return overlaid(entry, version.web, version.sms) if version else entry

    def context(self) -> dict[str, Any]:
        """The standard names: authority, facts, numbers."""
        return {"authority": self.authority, **_dated(tuple(facts.KINDS.items()), self.departement, clock.today())}


@lru_cache(maxsize=64)
def _dated(
    kinds: tuple[tuple[str, Callable[[], dict[str, facts.Fact]]], ...], departement: str | None, day: date
) -> dict[str, dict[str, Any]]:
    """What every sentence of a day may name: read for each of them, it was a third of what a reminder cost."""
    return {kind: facts.values(known(), departement, day) for kind, known in kinds}


class Voices:
    """The voices of one process, read again when they are ten seconds old."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, Voice]] = {}

    async def of(self, session: AsyncSession, code: str) -> Voice:
        """The voice of the authority `code`."""
        read_at, voice = self._known.get(code, (0.0, None))
        if voice is None or time.monotonic() - read_at > FRESH_SECONDS:
            voice = await read_voice(session, code)
            self._known[code] = (time.monotonic(), voice)
        return voice

    def last_known(self, code: str) -> Voice:
        """The voice as it was last read; without name or number when it never was."""
        nameless = Voice({"name": "", "phone": "", "hours": ""}, None)
        return self._known.get(code, (0.0, nameless))[1]


async def read_voice(session: AsyncSession, code: str) -> Voice:
    """The authority's card and the newest approved version of each of its sentences."""
    authority = await authority_of(session, code)
    newest = (
        select(TextVersion)
        .where(TextVersion.authority_code == code)
        .ext(distinct_on(TextVersion.name))
        .order_by(TextVersion.name, TextVersion.version.desc())
    )
    card = {"name": authority.name, "phone": authority.phone, "hours": opening_phrase(authority.hours)}
    versions = {version.name: version for version in await session.scalars(newest)}
    return Voice(card, authority.departement, versions)
