"""`hent demo`: the whole house, with invented people."""

import os
from typing import Annotated

import typer

from api.commands.surroundings import FOLDER
from api.supervisor.demo import run_demo


def demo(port: Annotated[int, typer.Option(help="Port du site public")] = int(os.environ.get("PORT", "8000"))) -> None:
    """Tout démarrer pour une démonstration, avec des personnes inventées."""
    raise typer.Exit(run_demo(port, FOLDER))
