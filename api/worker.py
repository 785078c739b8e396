"""The worker, assembled: turns, SMS that came in, both outboxes, what comes with time, and what Rasa's actions call."""

import asyncio
import logging
import os
import signal
import socket
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import uvicorn
from sqlalchemy.exc import SQLAlchemyError

from actions.listener import create_listener
from api.appointments.reminding.running import remind
from api.conversations import delivery, inbound, receipts, settling, untold, urgent
from api.conversations.rasa import Rasa
from api.conversations.receipts import Told
from api.conversations.routes import Routes
from api.conversations.taking import Worker
from api.conversations.turn import Tools
from api.core import heap, heartbeats
from api.core.background import background
from api.core.bus import Bus, heard
from api.core.clock import now
from api.core.database import Database
from api.core.health import missing_tables
from api.core.sealing import Sealer
from api.core.settings import Settings
from api.desk.sweeping import EVERY, sweep
from api.letters.reminding import remind_of_letters
from api.mails import sending
from api.mails.alerts import alert
from api.mails.digest import digest
from api.mails.sending import Carrier, Keeper
from api.mails.service import WAKE
from api.mails.smtp import Smtp
from api.mails.weekly import weekly
from api.metrics import endpoints as metrics
from api.migrations.everything import METADATA
from api.migrations.run import head
from api.privacy.retention import purge
from api.texts.voice import Voices
from channels.sms import demo
from channels.sms.registry import Providers

log = logging.getLogger("hent.worker")

LOOK_AGAIN = 1.0
"""Seconds between two looks at an outbox when nobody wakes us."""
A_MINUTE = 60.0
A_DAY = 24 * 3600.0


class Listener(uvicorn.Server):
    """Serves the actions. Signals are the worker's, which ends its turns before the listener that they need."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave them alone."""
        yield


async def work(settings: Settings) -> None:
    """The whole worker process, until SIGTERM or SIGINT."""
    database = Database(settings.database_url, settings.database_pool)
    bus = Bus(settings.database_url)
    sealer = Sealer(settings.secret_key.get_secret_value())
    rasa = Rasa(settings.rasa_url, settings.rasa_token.get_secret_value(), settings.rasa_timeout_seconds)
    worker = Worker(Tools(database, sealer, rasa), bus, settings.turns_at_once)
    listener = _listener(database, settings)
    stop = _stop_signal()
    await wait_for_tables(database, stop)
    urgent.get_ready()
    providers = Providers.of(settings)
    routes = _routes(settings, providers, database)
    lines = providers.listening(database, sealer)
    sending_out = (*sms_work(settings, routes, database, sealer, bus), *lines, *_mails(settings, database, sealer, bus))
    regular = (*_regular(database), *_telling(settings, database), _sweeping(settings, database, sealer))
    started = _reminding(routes, database) if settings.reminders else []
    async with background(bus.run(), listener.serve(), *regular, *started, *sending_out):
        async with background(worker.run()):
            heap.settle()
            await stop.wait()
        listener.should_exit = True
    await providers.close()
    await rasa.close()
    await database.close()


def _listener(database: Database, settings: Settings) -> Listener:
    app = create_listener(database, settings.actions_token.get_secret_value())
    app.include_router(metrics.router(settings.metrics_token))
    where = {"host": settings.actions_host, "port": settings.actions_port}
    # Nothing begins or ends with it, and what waits for its end would log its cancellation as an error.
    quiet = {"log_config": None, "access_log": False, "lifespan": "off"}
    return Listener(uvicorn.Config(app, **where, **quiet))  # type: ignore[arg-type]


async def wait_for_tables(database: Database, stop: asyncio.Event) -> None:
    """Wait for the tables of this version: a house that is half restored would send again what has left."""
    while not stop.is_set() and (missing := await missing_tables(database, head())):
        log.warning("waiting for: %s", ", ".join(missing))
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), LOOK_AGAIN)


def _stop_signal() -> asyncio.Event:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


def _regular(database: Database) -> list[Coroutine[Any, Any, None]]:
    """What is done again and again: a sign of life, and once a day the deletion of what was kept long enough."""
    # In containers every worker is process 1.
    name = f"worker-{socket.gethostname()}-{os.getpid()}"

    async def live() -> None:
        async with database.transaction() as session:
            await heartbeats.beat(session, name)

    async def forget() -> None:
        async with database.transaction() as session:
            log.info("retention: %s", await purge(session, METADATA, now()) or "nothing was due")

    return [_every(heartbeats.EVERY.total_seconds(), live), _every(A_DAY, forget)]


def _reminding(routes: Routes, database: Database) -> list[Coroutine[Any, Any, None]]:
    """What we start; by SMS nothing without a way out, where it would wait until it is of no use."""
    voices, by_sms = Voices(), bool(routes.providers)

    async def start() -> None:
        while await remind(database, voices, now()):
            pass

    async def letters() -> None:
        while await remind_of_letters(database, voices, now(), by_sms=by_sms):
            pass

    return [_every(A_MINUTE, told) for told in ((start, letters) if by_sms else (letters,))]


def _telling(settings: Settings, database: Database) -> list[Coroutine[Any, Any, None]]:
    """What teams are told by e-mail: of requests that nobody takes, of all that wait, of whom no SMS reaches."""

    async def late() -> None:
        async with database.transaction() as session:
            await alert(session, settings.desk_url, now())

    async def morning() -> None:
        async with database.transaction() as session:
            await digest(session, settings.desk_url, now())

    async def monday() -> None:
        async with database.transaction() as session:
            await weekly(session, settings.desk_url, now())

    return [_every(A_MINUTE, told) for told in (late, morning, monday)]


def _sweeping(settings: Settings, database: Database, sealer: Sealer) -> Coroutine[Any, Any, None]:
    """What happens because nobody did anything."""

    async def look() -> None:
        async with database.transaction() as session:
            await sweep(session, sealer, now(), settings.public_url)

    return _every(EVERY, look)


async def _every(seconds: float, do: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            await do()
        except (SQLAlchemyError, OSError) as error:
            log.warning("%s: %s", do.__name__, type(error).__name__)
        await asyncio.sleep(seconds)


def _routes(settings: Settings, providers: Providers, database: Database) -> Routes:
    if not settings.demo or settings.sms_providers:
        return providers.routes(settings.sms_routes)

    async def tell(told: Told) -> None:
        async with database.transaction() as session:
            await receipts.store(session, demo.NAME, told)

    return Routes.only(demo.SimulatedProvider(tell), demo.NAME)


def sms_work(
    settings: Settings, routes: Routes, database: Database, sealer: Sealer, bus: Bus
) -> list[Coroutine[Any, Any, None]]:
    """What comes in, what is told of what went out, and what goes out if there is a way."""

    async def take() -> int:
        return await inbound.take_in(database, sealer, routes, settings.default_authority)

    async def apply() -> int:
        return await receipts.apply_due(database)

    async def send() -> int:
        return await delivery.send_due(database, sealer, routes)

    async def settle() -> None:
        async with database.transaction() as session:
            await settling.settle(session, routes)

    async def wait_no_more() -> None:
        async with database.transaction() as session:
            await untold.settle(session)

    coming_in = [_send(bus, inbound.WAKE, take), _send(bus, receipts.WAKE, apply), _every(untold.EVERY, wait_no_more)]
    if not routes.providers:
        # Nothing is marked sent that did not leave: without a provider, SMS wait in the outbox.
        log.warning("no SMS provider: what is to be sent waits")
        return coming_in
    return [*coming_in, _send(bus, "sms", send), _every(settling.EVERY, settle)]


def _mails(settings: Settings, database: Database, sealer: Sealer, bus: Bus) -> list[Coroutine[Any, Any, None]]:
    if not settings.smtp_host and not settings.demo:
        log.warning("no SMTP server: e-mails wait")
        return []
    carrier: Carrier = Smtp(settings) if settings.smtp_host else Keeper()

    async def send() -> int:
        return await sending.send_due(database, sealer, carrier)

    return [_send(bus, WAKE, send)]


async def _send(bus: Bus, word: str, send: Callable[[], Awaitable[int]]) -> None:
    """Do what is due, again and again; `send` says how many it handled, and `word` wakes us up."""
    with bus.waiting(word) as event:
        while True:
            event.clear()
            try:
                handled = await send()
            except (SQLAlchemyError, OSError) as error:
                log.warning("%s: %s", word, type(error).__name__)
                handled = 0
            if not handled:
                await heard(event, LOOK_AGAIN)
