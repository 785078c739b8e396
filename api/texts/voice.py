"""Whose words are spoken: an authority's name, number and hours, and the sentences that it approved."""

import time
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.service import authority_of, opening_phrase
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

    def entry(self, name: str) -> Entry:
        """The entry in this authority's words. Raises KeyError when nobody wrote it."""
        entry = entries()[name]
        version = self.versions.get(name)
        return overlaid(entry, version.web, version.sms) if version else entry

    def context(self) -> dict[str, Any]:
        """The standard names: authority, facts, numbers."""
        dated = {kind: facts.values(known(), self.departement) for kind, known in facts.KINDS.items()}
        return {"authority": self.authority, **dated}


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
