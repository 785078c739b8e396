"""`hent authority`: the collectivités of an installation, and their teams."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer
import yaml
from pydantic import ValidationError

from api.authorities.filing import AuthorityCard, put, read_cards
from api.commands.surroundings import in_transaction, installation

authority = typer.Typer(help="Collectivités et leurs équipes", no_args_is_help=True)


@authority.callback()
def group() -> None:
    """Collectivités et leurs équipes."""


@authority.command("load")
def load_authorities(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="Fichier YAML ; - se lit de l'entrée", allow_dash=True)
    ],
) -> None:
    """Ajouter ou mettre à jour les collectivités d'un fichier, et leurs équipes. Rien n'est supprimé."""
    cards = _read(file)
    with installation() as settings:
        asyncio.run(in_transaction(settings, lambda session: put(session, cards)))
    for card in cards:
        typer.echo(f"{card.code} : {card.name}, {len(card.organisations)} équipes")


def _read(file: Path) -> list[AuthorityCard]:
    text = typer.get_text_stream("stdin").read() if str(file) == "-" else file.read_text("utf-8")
    try:
        return read_cards(text)
    except yaml.YAMLError as error:
        typer.secho(f"{file} n'est pas du YAML : {error}", err=True)
        raise typer.Exit(1) from error
    except ValidationError as refused:
        for one in refused.errors(include_url=False, include_context=False):
            typer.secho(f"{' '.join(map(str, one['loc']))} : {one['msg'].removeprefix('Value error, ')}", err=True)
        raise typer.Exit(1) from refused
