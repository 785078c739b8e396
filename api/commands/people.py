"""Commands about accounts and people."""

import asyncio
from typing import Annotated
from uuid import UUID

import typer
from sqlalchemy import select

from api.authorities.tables import Organisation
from api.caseworkers.tables import Caseworker, Role
from api.commands.surroundings import installation
from api.core.clock import now
from api.core.database import Database
from api.core.sealing import Sealer
from api.core.settings import Settings
from api.identity.links import make

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
        if not asyncio.run(_add(settings, account, organisation)):
            typer.secho(f"Aucun organisme ne s'appelle « {organisation} ».", err=True)
            raise typer.Exit(1)


@person.command("link")
def personal_link(identifier: UUID) -> None:
    """Faire un lien personnel, à remettre en main propre : il s'affiche une seule fois."""
    with installation() as settings:
        typer.echo(f"/#lien={asyncio.run(_link(settings, identifier))}")


async def _add(settings: Settings, account: Caseworker, organisation: str) -> bool:
    database = Database(settings.database_url)
    async with database.transaction() as session:
        found = await session.scalar(select(Organisation.id).where(Organisation.name == organisation))
        if found:
            account.organisation_id = found
            session.add(account)
    await database.close()
    return found is not None


async def _link(settings: Settings, identifier: UUID) -> str:
    database = Database(settings.database_url)
    async with database.transaction() as session:
        token = await make(session, Sealer(settings.secret_key.get_secret_value()), identifier, now())
    await database.close()
    return token
