"""`hent purge`: what has been kept long enough goes."""

import asyncio

import typer

from api.commands.surroundings import in_transaction, installation
from api.core.clock import now
from api.migrations.everything import METADATA
from api.privacy.retention import purge as purge_old


def purge() -> None:
    """Effacer ce qui a dépassé sa durée de conservation."""
    with installation() as settings:
        removed = asyncio.run(in_transaction(settings, lambda session: purge_old(session, METADATA, now())))
        for table, rows in removed.items():
            typer.echo(f"{table}: {rows}")
