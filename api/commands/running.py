"""Commands that start the house, or one part of it."""

import asyncio
import os
from typing import Annotated

import typer
import uvicorn

from api.app import create_app
from api.commands.surroundings import FOLDER
from api.core.logs import configure
from api.core.settings import settings
from api.supervisor.demo import run_demo
from api.worker import work

LAST_WORDS_SECONDS = 2
"""Event streams stay open for ever: a server that ends gives them two seconds."""


def demo(port: Annotated[int, typer.Option(help="Port du site public")] = int(os.environ.get("PORT", "8000"))) -> None:
    """Tout démarrer pour une démonstration, avec des personnes inventées."""
    raise typer.Exit(run_demo(port, FOLDER))


def serve() -> None:
    """Le serveur public."""
    configure()
    chosen = settings()
    uvicorn.run(
        create_app(chosen),
        host=chosen.host,
        port=chosen.port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=LAST_WORDS_SECONDS,
    )


def worker() -> None:
    """Le travailleur : réponses, SMS, actions de Rasa."""
    configure()
    asyncio.run(work(settings()))
