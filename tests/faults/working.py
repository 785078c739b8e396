"""Whoever is at work in a house: one at a time, and those who stand still, or wait for somebody who does."""

import asyncio
from collections import Counter
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.exc import InterfaceError, InternalError, OperationalError

from api.core.bus import heard
from tests.faults.moments import Actor, Breaker
from tests.faults.story import Kind

EXPECTED = OperationalError, InterfaceError, InternalError, OSError
"""What a lost connection, a full disk or a transaction that idled raises; the loops of `api/worker.py` go on after
it."""
SLOW_FOR = timedelta(seconds=5)
LOOK_AGAIN = 0.02
"""Seconds between two looks at who waits for a lock."""
LOOKS = 250
"""In vain, after which what holds the others up is not work."""


@dataclass
class AtWork:
    """Everybody who has begun and not ended."""

    breaker: Breaker
    standing: list[Actor] = field(default_factory=list)
    """Frozen, or behind somebody who is."""
    hits: Counter[Kind] = field(default_factory=Counter)
    interrupted: Counter[UUID] = field(default_factory=Counter)
    """How often something broke whoever answered a conversation."""
    signal: asyncio.Event = field(default_factory=asyncio.Event)

    def is_here(self, name: str) -> bool:
        """Whether this one has not ended what it does."""
        return any(one.name == name for one in self.standing)

    async def let(self, actor: Actor, work: Coroutine[Any, Any, None], since: timedelta) -> None:
        """Work, until everybody is still. Raises whatever broke that nothing had broken."""
        actor.since = since
        self.standing.append(actor)
        actor.start(_tried(work))
        await self._until_still()

    async def hurry(self, moment: timedelta) -> None:
        """Whoever is only slow goes on, no longer than Rasa may take."""
        for one in [one for one in self.standing if one.is_slow and moment - one.since > SLOW_FOR]:
            one.thaw(dies=False)
            await self._until_still()

    async def thaw(self, *, dies: bool) -> None:
        """The first who stands still goes on."""
        frozen = next((one for one in self.standing if one.stands), None)
        if frozen:
            frozen.thaw(dies=dies)
            await self._until_still()

    async def leave(self) -> None:
        """Nobody of this day is at work in the next."""
        tasks = [one.task for one in self.standing if one.task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _until_still(self) -> None:
        """Until everybody has ended, stands still, or waits for somebody who does."""
        looks = 0
        while moving := [one for one in self.standing if not (one.stands or one.has_ended)]:
            self.signal.clear()
            looks = 0 if await heard(self.signal, LOOK_AGAIN) else looks + 1
            stands = any(one.stands for one in self.standing)
            if looks > LOOKS and not stands:
                await self.breaker.bury([one.pid for one in moving])
            if stands and all([await self.breaker.waits(one) for one in moving if not one.has_ended]):
                break
        self._part()

    def _part(self) -> None:
        """Those who ended go; one that broke as nobody may breaks the run."""
        for one in [one for one in self.standing if one.has_ended]:
            self.standing.remove(one)
            if one.hit and one.fault:
                self.hits[one.fault.kind] += 1
                # Slow breaks nothing, unless it dies of it (seed 5199).
                if one.broken and (one.dead or one.fault.kind is not Kind.slow):
                    self.interrupted[one.broken] += 1
            if one.task:
                one.task.result()


async def _tried(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except EXPECTED:
        return
