"""`hent seed`: invented people, for a demonstration only."""

import asyncio

import typer

from api.authorities.sites import near
from api.commands.surroundings import installation
from api.core.clock import now, today
from api.core.database import Database
from api.core.sealing import Sealer
from api.core.settings import Settings
from api.identity.service import digest_word
from api.seed import seed as plant


def seed() -> None:
    """Remplir une base de démonstration avec des personnes inventées."""
    with installation() as settings:
        if not settings.demo:
            typer.secho("Les personnes inventées ne vont que dans une démonstration (HENT_DEMO=1).", err=True)
            raise typer.Exit(1)
        asyncio.run(_seed(settings))


async def _seed(settings: Settings) -> None:
    database = Database(settings.database_url)
    sealer = Sealer(settings.secret_key.get_secret_value())
    async with database.transaction() as session:
        await plant(
            session,
            today=today(),
            now=now(),
            digest_word=lambda word: digest_word(sealer, word),
            sites=near(settings.site_url),
        )
    await database.close()
