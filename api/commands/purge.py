"""`hent purge`: what has been kept long enough goes."""

import asyncio

import typer

from api.commands.surroundings import installation
from api.core.clock import now
from api.core.database import Database
from api.core.settings import Settings
from api.migrations.everything import METADATA
from api.privacy.retention import purge as purge_old


def purge() -> None:
    """Effacer ce qui a dépassé sa durée de conservation."""
    with installation() as settings:
        for table, rows in asyncio.run(_purge(settings)).items():
            typer.echo(f"{table}: {rows}")


async def _purge(settings: Settings) -> dict[str, int]:
    database = Database(settings.database_url)
    async with database.transaction() as session:
        removed = await purge_old(session, METADATA, now())
    await database.close()
    return removed
