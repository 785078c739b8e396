"""`hent restore`: a house again, from a dump."""

import asyncio
import os
from pathlib import Path
from typing import Annotated

import typer

from api.backup.awakening import Awakened
from api.backup.programs import ProgramFailed
from api.backup.restoring import NotRestored
from api.backup.restoring import restore as bring_back
from api.commands.surroundings import installation
from api.core.clock import paris
from api.core.installation import Kind
from api.migrations.run import ForeignDatabase, migrate


def restore(file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Une sauvegarde")]) -> None:
    """Restaurer une sauvegarde dans une base vide, tout le reste étant arrêté. Aucun SMS ne repart de lui-même."""
    with installation() as settings:
        try:
            password = os.environ["HENT_RASA_DB_PASSWORD"]
            found = asyncio.run(bring_back(file, settings.database_url, reminders=settings.reminders))
            migrate(settings.database_url, Kind.demo if settings.demo else Kind.production, password)
        except KeyError as missing:
            typer.secho("Il manque HENT_RASA_DB_PASSWORD, le mot de passe du rôle de Rasa.", err=True)
            raise typer.Exit(1) from missing
        except (NotRestored, ProgramFailed, ForeignDatabase) as refusal:
            typer.secho(str(refusal), err=True)
            raise typer.Exit(1) from refusal
        typer.echo("\n".join(_told(found)))


def _told(found: Awakened) -> list[str]:
    return [
        f"La base est celle du {paris(found.last_sign):%d/%m/%Y à %H:%M:%S}. Ce qui s'est dit depuis est perdu.",
        f"SMS retenus, peut-être déjà partis : {found.sms}. Le bureau les montre ; un conseiller appelle ou renvoie.",
        f"Questions par SMS qui ne seront pas reprises : {found.questions}.",
        "Les liens personnels, les invitations et les sessions du bureau ne valent plus : refaites-les.",
        "Restent à refaire à la main : les STOP et les effacements reçus depuis (docs/deploy.md).",
    ]
