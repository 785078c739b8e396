"""Commands that make, fill and empty the database."""

import asyncio
import os

import typer

from api.commands.surroundings import installation
from api.core.clock import now, today
from api.core.database import Database
from api.core.installation import Kind
from api.core.sealing import Sealer
from api.core.settings import Settings
from api.identity.service import digest_word
from api.migrations.everything import METADATA
from api.migrations.run import ForeignDatabase
from api.migrations.run import migrate as bring_up_to_date
from api.privacy.retention import purge as purge_old
from api.seed import seed as plant


def migrate() -> None:
    """Créer ou mettre à jour la base de données."""
    with installation() as settings:
        kind = Kind.demo if settings.demo else Kind.production
        try:
            bring_up_to_date(settings.database_url, kind, os.environ["HENT_RASA_DB_PASSWORD"])
        except ForeignDatabase as refusal:
            typer.secho(str(refusal), err=True)
            raise typer.Exit(1) from refusal
        except KeyError as missing:
            typer.secho("Il manque HENT_RASA_DB_PASSWORD, le mot de passe du rôle de Rasa.", err=True)
            raise typer.Exit(1) from missing


def seed() -> None:
    """Remplir une base de démonstration avec des personnes inventées."""
    with installation() as settings:
        if not settings.demo:
            typer.secho("Les personnes inventées ne vont que dans une démonstration (HENT_DEMO=1).", err=True)
            raise typer.Exit(1)
        asyncio.run(_seed(settings))


def purge() -> None:
    """Effacer ce qui a dépassé sa durée de conservation."""
    with installation() as settings:
        for table, rows in asyncio.run(_purge(settings)).items():
            typer.echo(f"{table}: {rows}")


async def _seed(settings: Settings) -> None:
    database = Database(settings.database_url)
    sealer = Sealer(settings.secret_key.get_secret_value())
    async with database.transaction() as session:
        await plant(session, today=today(), digest_word=lambda word: digest_word(sealer, word))
    await database.close()


async def _purge(settings: Settings) -> dict[str, int]:
    database = Database(settings.database_url)
    async with database.transaction() as session:
        removed = await purge_old(session, METADATA, now())
    await database.close()
    return removed
