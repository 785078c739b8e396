"""Taking up what waits: woken by a word, or looking by itself; as many conversations at once as settings allow."""

import asyncio
import logging
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError

from api.conversations import leases
from api.conversations.turn import Tools, answer_all
from api.core.bus import Bus, heard

log = logging.getLogger("hent.worker")

LOOK_AGAIN = 1.0
"""Seconds between two looks when nobody wakes us: what takes up whatever a crash left behind."""


@dataclass
class Worker:
    """Takes waiting conversations, as many at once as settings allow."""

    tools: Tools
    bus: Bus
    at_once: int
    running: set[asyncio.Task[int]] = field(default_factory=set)
    left: bool = False
    """Whether the last look took all that there was room for: more may wait."""

    async def run(self) -> None:
        """Until cancelled; turns in flight are given the time to end."""
        try:
            with self.bus.waiting("in") as event:
                while True:
                    event.clear()
                    await self._take_up()
                    await heard(event, LOOK_AGAIN)
        finally:
            if self.running:
                await asyncio.wait(self.running, timeout=leases.LASTS.total_seconds())

    async def _take_up(self) -> None:
        free = self.at_once - len(self.running)
        if free <= 0:
            self.left = True
            return
        try:
            async with self.tools.database.transaction() as session:
                taken = await leases.claim(session, free)
        except (SQLAlchemyError, OSError) as error:
            log.warning("cannot look for work: %s", type(error).__name__)
            return
        self.left = len(taken) == free
        for conversation_id, lease in taken:
            self._start(conversation_id, lease)

    def _start(self, conversation_id: UUID, lease: UUID) -> None:
        task = asyncio.create_task(answer_all(self.tools, conversation_id, lease))
        self.running.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[int]) -> None:
        self.running.discard(task)
        if self.left:
            # A place is free again: whoever waited for it is taken at once rather than at the next look.
            self.bus.wake("in")
        if not task.cancelled():
            task.exception()
