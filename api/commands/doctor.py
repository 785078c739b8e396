"""`hent doctor`: what is wrong with an installation, and how to mend it."""

import asyncio
import os

import httpx
import typer
from pydantic import ValidationError

from api.commands.surroundings import FOLDER, installation
from api.core.clock import now
from api.core.settings import Settings
from api.doctor.examining import Examined, examine
from api.doctor.findings import Place

PATIENCE = 5.0
"""Seconds that a neighbour has to answer."""


def doctor() -> None:
    """Dire ce qui ne va pas dans une installation, et comment le réparer. Code de sortie 1 s'il y a quelque chose."""
    try:
        with installation() as settings:
            examined = asyncio.run(_examined(settings))
    except ValidationError as refused:
        _show_settings(refused)
        raise typer.Exit(1) from refused
    for name, trouble in examined.troubles.items():
        typer.echo(f"✗ {name} : {trouble.what}\n  → {trouble.cure}")
    if examined.troubles:
        raise typer.Exit(1)
    typer.echo(f"Tout va bien : {len(examined.found)} vérifications.")


async def _examined(settings: Settings) -> Examined:
    async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False, verify=False) as http:
        return await examine(Place(settings, os.environ, http, now(), FOLDER))


def _show_settings(refused: ValidationError) -> None:
    for error in refused.errors(include_input=False, include_url=False, include_context=False):
        first = str(error["loc"][0]) if error["loc"] else ""
        name = first if first.isupper() or not first else f"HENT_{first.upper()}"
        what = "manque" if error["type"] == "missing" else error["msg"].removeprefix("Value error, ")
        typer.echo(f"✗ Réglages : {name} {what}\n  → README.md, « Settings », dit ce que chaque variable veut.")
