"""The public server and a worker in one process, behind a scripted Rasa: what a test starts beside itself, and kills.

`python -m tests.journeys.sms_house PORT`, with the environment of an installation.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import uvicorn

from api import worker
from api.app import create_app
from api.conversations import delivery, leases, settling
from api.conversations.rasa import Rasa
from api.conversations.taking import Worker
from api.conversations.turn import Tools
from api.core.background import background
from api.core.bus import Bus
from api.core.database import Database
from api.core.sealing import Sealer
from api.core.settings import Settings
from channels.sms.registry import Providers
from tests.scripted_rasa import ScriptedRasa

HASTE = (
    (delivery, "PAUSES", (0.3,) * 30),
    (delivery, "UNFINISHED_AFTER", timedelta(seconds=5)),
    (leases, "LASTS", timedelta(seconds=5)),
    (settling, "EVERY", 0.5),
    (settling, "HEARD_FOR", timedelta(seconds=4)),
    (worker, "LOOK_AGAIN", 0.2),
)
"""A crash is got over in seconds, not in minutes."""


@asynccontextmanager
async def serving(settings: Settings, database: Database, sealer: Sealer, rasa: Rasa, port: int) -> AsyncIterator[None]:
    """Both, until the block ends."""
    app, bus, providers = create_app(settings), Bus(settings.database_url), Providers.of(settings)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, access_log=False))
    work = worker.sms_work(settings, providers.routes(settings.sms_routes), database, sealer, bus)
    lines = providers.listening(database, sealer)
    turns = Worker(Tools(database, sealer, rasa), bus, settings.turns_at_once)
    async with asyncio.TaskGroup() as group:
        # Signals are left to whoever started us.
        served = group.create_task(server._serve())
        try:
            async with background(bus.run(), *work, *lines), background(turns.run()):
                yield
        finally:
            server.should_exit = True
            await served
    await providers.close()


async def main(port: int) -> None:
    """Until killed."""
    for module, name, value in HASTE:
        setattr(module, name, value)
    settings = Settings()
    database = Database(settings.database_url, settings.database_pool)
    sealer = Sealer(settings.secret_key.get_secret_value())
    async with serving(settings, database, sealer, ScriptedRasa().client(), port):
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
