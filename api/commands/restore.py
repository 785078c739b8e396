"""`hent restore`: a house again, from a dump."""

import asyncio
import os
from pathlib import Path
from typing import Annotated

import typer

from api.backup.awakening import Awakened
from api.backup.programs import ProgramFailed
from api.backup.restoring import NotRestored, wake
from api.backup.restoring import restore as bring_back
from api.commands.surroundings import installation
from api.core.clock import paris
from api.core.installation import Kind
from api.core.sealing import Sealer
from api.core.settings import Settings
from api.migrations.run import ForeignDatabase, migrate


def restore(
    file: Annotated[Path | None, typer.Argument(exists=True, dir_okay=False, help="Une sauvegarde")] = None,
    wake_only: Annotated[bool, typer.Option("--wake-only", help="La base a été ramenée par un autre moyen")] = False,
) -> None:
    """Restaurer une sauvegarde dans une base vide, tout le reste étant arrêté. Aucun SMS ne repart de lui-même."""
    if (file is None) is not wake_only:
        typer.secho("Donnez une sauvegarde, ou --wake-only après une restauration faite autrement.", err=True)
        raise typer.Exit(1)
    with installation() as settings:
        try:
            found = _restored(settings, file)
        except KeyError as missing:
            typer.secho("Il manque HENT_RASA_DB_PASSWORD, le mot de passe du rôle de Rasa.", err=True)
            raise typer.Exit(1) from missing
        except (NotRestored, ProgramFailed, ForeignDatabase) as refusal:
            typer.secho(str(refusal), err=True)
            raise typer.Exit(1) from refusal
        typer.echo("\n".join(_told(found)))


def _restored(settings: Settings, file: Path | None) -> Awakened:
    sealer = Sealer(settings.secret_key.get_secret_value())
    if file is None:
        return asyncio.run(wake(settings.database_url, sealer, reminders=settings.reminders))
    password = os.environ["HENT_RASA_DB_PASSWORD"]
    found = asyncio.run(bring_back(file, settings.database_url, sealer, reminders=settings.reminders))
    migrate(settings.database_url, Kind.demo if settings.demo else Kind.production, password)
    return found


def _told(found: Awakened) -> list[str]:
    return [
        f"La base est celle du {paris(found.last_sign):%d/%m/%Y à %H:%M:%S}. Ce qui s'est dit depuis est perdu.",
        f"SMS retenus, peut-être déjà partis : {found.sms}. Le bureau les montre ; un conseiller appelle ou renvoie.",
        f"Questions par SMS qui ne seront pas reprises : {found.questions}.",
        "Les liens personnels, les invitations et les sessions du bureau ne valent plus : refaites-les.",
        "Restent à refaire à la main : les STOP et les effacements reçus depuis (docs/deploy.md).",
    ]
