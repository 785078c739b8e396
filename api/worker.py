"""The worker, assembled: turns, the outbox, signs of life, and the listener that Rasa's actions call."""

import asyncio
import logging
import os
import signal
from dataclasses import dataclass, field
from uuid import UUID

import uvicorn
from sqlalchemy.exc import SQLAlchemyError

from actions.listener import create_listener
from api.conversations import leases, outbox
from api.conversations.rasa import Rasa
from api.conversations.turn import Tools, answer_all
from api.core import heartbeats
from api.core.background import background
from api.core.bus import Bus, heard
from api.core.database import Database
from api.core.sealing import Sealer
from api.core.settings import Settings
from channels.sms.demo import SimulatedProvider

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
            return
        try:
            async with self.tools.database.transaction() as session:
                taken = await leases.claim(session, free)
        except (SQLAlchemyError, OSError) as error:
            log.warning("cannot look for work: %s", type(error).__name__)
            return
        for conversation_id, lease in taken:
            self._start(conversation_id, lease)

    def _start(self, conversation_id: UUID, lease: UUID) -> None:
        task = asyncio.create_task(answer_all(self.tools, conversation_id, lease))
        self.running.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[int]) -> None:
        self.running.discard(task)
        # A place is free again: whoever waited for it is taken at once rather than at the next look.
        self.bus.wake("in")
        if not task.cancelled():
            task.exception()


async def work(settings: Settings) -> None:
    """The whole worker process, until SIGTERM or SIGINT."""
    database = Database(settings.database_url, settings.database_pool)
    bus = Bus(settings.database_url)
    sealer = Sealer(settings.secret_key.get_secret_value())
    rasa = Rasa(settings.rasa_url, settings.rasa_token.get_secret_value(), settings.rasa_timeout_seconds)
    worker = Worker(Tools(database, sealer, rasa), bus, settings.turns_at_once)
    listener = _listener(database, settings)
    stop = _stop_signal()
    async with background(bus.run(), worker.run(), _send_sms(database, sealer, bus), _live(database), listener.serve()):
        await stop.wait()
        listener.should_exit = True
    await rasa.close()
    await database.close()


def _listener(database: Database, settings: Settings) -> uvicorn.Server:
    app = create_listener(database, settings.actions_token.get_secret_value())
    config = uvicorn.Config(
        app, host=settings.actions_host, port=settings.actions_port, log_config=None, access_log=False
    )
    server = uvicorn.Server(config)
    # Signals are the worker's, which ends its turns before the listener that they need.
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    return server


def _stop_signal() -> asyncio.Event:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


async def _live(database: Database) -> None:
    name = f"worker-{os.getpid()}"
    while True:
        try:
            async with database.transaction() as session:
                await heartbeats.beat(session, name)
        except (SQLAlchemyError, OSError) as error:
            log.warning("no sign of life: %s", type(error).__name__)
        await asyncio.sleep(heartbeats.EVERY.total_seconds())


async def _send_sms(database: Database, sealer: Sealer, bus: Bus) -> None:
    provider = SimulatedProvider()
    with bus.waiting("sms") as event:
        while True:
            event.clear()
            try:
                handled = await outbox.send_due(database, sealer, provider)
            except (SQLAlchemyError, OSError) as error:
                log.warning("outbox: %s", type(error).__name__)
                handled = 0
            if not handled:
                await heard(event, LOOK_AGAIN)
