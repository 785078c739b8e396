"""What a command typed by hand stands on: the environment's database and secrets, or the demonstration's."""

import os
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from api.core.database import NO_LIMIT, Database
from api.core.settings import Settings
from api.supervisor.keys import demo_secrets
from api.supervisor.postgres import embedded

FOLDER = Path(os.environ.get("HENT_FOLDER", Path(__file__).parents[2] / ".hent"))
"""Everything that a demonstration keeps: its database, its secrets, its logs."""


@contextmanager
def installation() -> Iterator[Settings]:
    """The settings in force. Without DATABASE_URL, the demonstration's own PostgreSQL is started for the command."""
    if "DATABASE_URL" in os.environ:
        yield Settings()
        return
    FOLDER.mkdir(mode=0o711, parents=True, exist_ok=True)
    with embedded(FOLDER) as database:
        os.environ.update(demo_secrets(FOLDER, os.environ), DATABASE_URL=database.url, HENT_DEMO="1")
        yield Settings()


async def in_transaction[Found](settings: Settings, do: Callable[[AsyncSession], Awaitable[Found]]) -> Found:
    """What a command does in the database, in one transaction."""
    database = Database(settings.database_url, statement=NO_LIMIT)
    try:
        async with database.transaction() as session:
            return await do(session)
    finally:
        await database.close()
