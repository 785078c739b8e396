"""Commands about accounts and people."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Annotated
from uuid import UUID

import typer
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.tables import Organisation
from api.caseworkers.tables import Caseworker, Role
from api.commands.surroundings import in_transaction, installation
from api.core.clock import now
from api.core.errors import NotFound
from api.core.sealing import Sealer
from api.identity.links import make
from api.migrations.everything import METADATA
from api.privacy.erasure import erase_person, to_erase
from api.privacy.export import export_person

caseworker = typer.Typer(help="Comptes des conseillers", no_args_is_help=True)
person = typer.Typer(help="Personnes suivies", no_args_is_help=True)


@caseworker.command("add")
def add_caseworker(
    first_name: str,
    last_name: str,
    email: str,
    phone: Annotated[str, typer.Option(help="Numéro professionnel, +33…")],
    organisation: Annotated[str, typer.Option(help="Nom de l'organisme")],
) -> None:
    """Ajouter un conseiller."""
    with installation() as settings:
        account = Caseworker(first_name=first_name, last_name=last_name, email=email, phone=phone, role=Role.caseworker)
        if not asyncio.run(in_transaction(settings, lambda session: _add(session, account, organisation))):
            typer.secho(f"Aucun organisme ne s'appelle « {organisation} ».", err=True)
            raise typer.Exit(1)


@person.command("link")
def personal_link(identifier: UUID) -> None:
    """Faire un lien personnel, à remettre en main propre : il s'affiche une seule fois."""
    with installation() as settings:
        sealer = Sealer(settings.secret_key.get_secret_value())
        token = asyncio.run(in_transaction(settings, lambda session: make(session, sealer, identifier, now())))
        typer.echo(f"/#lien={token}")


@person.command("export")
def export(identifier: UUID) -> None:
    """Tout ce qui est gardé d'une personne, en JSON, par table et par colonne : pour elle, et pour elle seule."""
    tables = _about(lambda session: export_person(session, METADATA, identifier))
    typer.echo(json.dumps({"person": str(identifier), "tables": tables}, ensure_ascii=False, indent=2))


@person.command("erase")
def erase(identifier: UUID, yes: Annotated[bool, typer.Option("--yes", help="Effacer pour de bon")] = False) -> None:
    """Effacer tout d'une personne, en une fois. Les SMS d'un numéro partagé restent : d'autres les ont écrits aussi."""
    if not yes:
        found = _about(lambda session: to_erase(session, METADATA, identifier))
        _count({table.fullname: len(keys) for table, keys in found.items()})
        typer.secho("Rien n'est effacé : ajoutez --yes pour effacer ces lignes.", err=True)
        raise typer.Exit(1)
    _count(_about(lambda session: erase_person(session, METADATA, identifier)))


def _count(rows: dict[str, int]) -> None:
    for table, count in sorted(rows.items()):
        typer.echo(f"{table}: {count}")


def _about[Found](do: Callable[[AsyncSession], Awaitable[Found]]) -> Found:
    """One transaction about a person; an unknown one is refused in a sentence."""
    with installation() as settings:
        try:
            return asyncio.run(in_transaction(settings, do))
        except NotFound as unknown:
            typer.secho(unknown.message, err=True)
            raise typer.Exit(1) from unknown


async def _add(session: AsyncSession, account: Caseworker, organisation: str) -> bool:
    found = await session.scalar(select(Organisation.id).where(Organisation.name == organisation))
    if found:
        account.organisation_id = found
        session.add(account)
    return found is not None
