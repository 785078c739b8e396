"""`hent backup`: everything of one instant in one file."""

from pathlib import Path
from typing import Annotated

import typer

from api.backup.dumps import dump, forget_old
from api.backup.programs import ProgramFailed
from api.commands.surroundings import installation
from api.core.clock import now


def backup(
    folder: Annotated[Path, typer.Argument(help="Dossier des sauvegardes")],
    keep: Annotated[int, typer.Option(min=1, help="Jours pendant lesquels les garder")] = 14,
) -> None:
    """Sauvegarder la base, et effacer les sauvegardes trop vieilles : elles contiennent des données personnelles."""
    with installation() as settings:
        try:
            typer.echo(str(dump(settings.database_url, folder, now())))
            for old in forget_old(folder, now(), keep):
                typer.echo(f"effacée : {old.name}")
        except (ProgramFailed, OSError) as failure:
            typer.secho(str(failure), err=True)
            raise typer.Exit(1) from failure
