"""Many days, one after the other, in one database; a day that went wrong is told by as few faults as it takes."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import psycopg

from api.core.database import Database
from api.core.sealing import Sealer
from api.migrations.everything import METADATA
from tests.faults.checking import Findings
from tests.faults.clock import Clock
from tests.faults.house import Day
from tests.faults.moments import Breaker
from tests.faults.story import Kind, Story, draw

EMPTY = "; ".join(
    f"DELETE FROM {table.fullname}" for table in reversed(METADATA.sorted_tables) if table.name != "installation"
)


@dataclass
class Outcome:
    """What came of one day."""

    story: Story
    findings: Findings
    hits: Counter[Kind] = field(default_factory=Counter)


@dataclass
class Runs:
    """Where days are played."""

    database: Database
    breaker: Breaker
    clock: Clock
    sealer: Sealer

    async def seed(self, seed: int) -> Outcome:
        """The day of a seed; if it went wrong, the shortest of its stories that still does."""
        outcome = await self.play(draw(seed))
        return await self._shrunk(outcome) if outcome.findings.wrong else outcome

    async def play(self, story: Story) -> Outcome:
        """One day, in an empty database."""
        await self._empty()
        day = Day(story, self.database, self.sealer, self.breaker, self.clock)
        with self.clock.kept():
            try:
                findings = await day.play()
            except Exception as error:
                # Nothing but what a broken line or a full disk raises may be raised.
                findings = Findings([f"{type(error).__name__}: {error}"])
        return Outcome(story, findings, day.at_work.hits)

    async def _shrunk(self, outcome: Outcome) -> Outcome:
        """Without each fault, then each step, that it goes wrong without."""
        for less in (Story.without, Story.missing):
            for index in reversed(range(len(outcome.story.steps))):
                story = less(outcome.story, index)
                if story != outcome.story and (without := await self.play(story)).findings.wrong:
                    outcome = without
        return outcome

    async def _empty(self) -> None:
        async with self.database.engine.begin() as connection:
            await connection.exec_driver_sql(EMPTY + "; DELETE FROM faults.done")


@asynccontextmanager
async def runs(url: str) -> AsyncIterator[Runs]:
    """In the database that `clock.provide` made."""
    database = Database(url)
    plain = url.replace("postgresql+psycopg://", "postgresql://", 1)
    async with await psycopg.AsyncConnection.connect(plain, autocommit=True) as admin:
        breaker = Breaker(admin)
        breaker.watch(database)
        yield Runs(database, breaker, Clock(admin), Sealer("a key for fault runs, and for nothing else"))
    await database.close()
