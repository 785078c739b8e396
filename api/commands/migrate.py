"""`hent migrate`: the database, created or brought up to date."""

import os

import typer

from api.commands.surroundings import installation
from api.core.installation import Kind
from api.migrations.run import DatabaseBusy, ForeignDatabase
from api.migrations.run import migrate as bring_up_to_date


def migrate() -> None:
    """Créer ou mettre à jour la base de données."""
    with installation() as settings:
        kind = Kind.demo if settings.demo else Kind.production
        try:
            bring_up_to_date(settings.database_url, kind, os.environ["HENT_RASA_DB_PASSWORD"])
        except (ForeignDatabase, DatabaseBusy) as refusal:
            typer.secho(str(refusal), err=True)
            raise typer.Exit(1) from refusal
        except KeyError as missing:
            typer.secho("Il manque HENT_RASA_DB_PASSWORD, le mot de passe du rôle de Rasa.", err=True)
            raise typer.Exit(1) from missing
