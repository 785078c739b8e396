"""`hent authority`: the collectivités of an installation, and their teams."""

import asyncio
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
    file: Annotated[typer.FileText, typer.Argument(encoding="utf-8", help="Fichier YAML ; - lit l'entrée")],
) -> None:
    """Ajouter ou mettre à jour les collectivités d'un fichier, et leurs équipes. Rien n'est supprimé."""
    cards = _read(file.read())
    with installation() as settings:
        asyncio.run(in_transaction(settings, lambda session: put(session, cards)))
    for card in cards:
        typer.echo(f"{card.code} : {card.name} ; équipes : {len(card.organisations)}")


def _read(text: str) -> list[AuthorityCard]:
    try:
        return read_cards(text)
    except yaml.YAMLError as error:
        typer.secho(f"Ce n'est pas du YAML : {error}", err=True)
        raise typer.Exit(1) from error
    except ValidationError as refused:
        for one in refused.errors(include_url=False, include_context=False):
            typer.secho(f"{' '.join(map(str, one['loc']))} : {one['msg'].removeprefix('Value error, ')}", err=True)
        raise typer.Exit(1) from refused
