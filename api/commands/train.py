"""`hent train`: Rasa learns, if there is anything new to learn."""

import typer

from api.supervisor.errors import SupervisorError
from api.supervisor.training import ensure_model


def train() -> None:
    """Entraîner Rasa si les phrases ou les règles ont changé."""
    try:
        typer.echo(str(ensure_model(typer.echo)))
    except SupervisorError as failure:
        typer.secho(str(failure), err=True)
        raise typer.Exit(1) from failure
