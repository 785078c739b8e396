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
from api.caseworkers.accounts import INVITED_FOR, by_email, end_sessions, invite
from api.caseworkers.tables import Caseworker, Role
from api.commands.surroundings import in_transaction, installation
from api.core.clock import now
from api.core.errors import Conflict, HentError, NotFound
from api.core.sealing import Sealer
from api.core.settings import Settings
from api.identity.links import make
from api.mails.letters import invitation
from api.mails.service import queue_mail
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
    role: Annotated[Role, typer.Option(help="Ce que le compte permet")] = Role.caseworker,
) -> None:
    """Ajouter un conseiller, et l'inviter : par courriel, ou à l'écran sans serveur de courriel. Sept jours."""
    worker = Caseworker(first_name=first_name, last_name=last_name, email=email, phone=phone, role=role)
    _show_invitation(lambda session: _add(session, worker, organisation))


@caseworker.command("invite")
def invite_caseworker(email: str) -> None:
    """Inviter de nouveau un conseiller, qui a perdu son invitation ou son mot de passe."""
    _show_invitation(lambda session: _named(session, email))


@caseworker.command("end-sessions")
def end_caseworker_sessions(email: str) -> None:
    """Déconnecter un conseiller de tous ses postes."""

    async def end(session: AsyncSession, _: Sealer) -> None:
        await end_sessions(session, (await _named(session, email)).id, now())

    _done(end)


@person.command("link")
def personal_link(identifier: UUID) -> None:
    """Faire un lien personnel, à remettre en main propre : il s'affiche une seule fois."""
    token = _done(lambda session, sealer: make(session, sealer, identifier, now()))
    typer.echo(f"/#lien={token}")


@person.command("export")
def export(identifier: UUID) -> None:
    """Tout ce qui est gardé d'une personne, en JSON, par table et par colonne : pour elle, et pour elle seule."""
    tables = _done(lambda session, _: export_person(session, METADATA, identifier))
    typer.echo(json.dumps({"person": str(identifier), "tables": tables}, ensure_ascii=False, indent=2))


@person.command("erase")
def erase(identifier: UUID, yes: Annotated[bool, typer.Option("--yes", help="Effacer pour de bon")] = False) -> None:
    """Effacer tout d'une personne, en une fois. Les SMS d'un numéro partagé restent : d'autres les ont écrits aussi."""
    if not yes:
        found = _done(lambda session, _: to_erase(session, METADATA, identifier))
        _count({table.fullname: len(keys) for table, keys in found.items()})
        typer.secho("Rien n'est effacé : ajoutez --yes pour effacer ces lignes.", err=True)
        raise typer.Exit(1)
    _count(_done(lambda session, _: erase_person(session, METADATA, identifier)))


def _count(rows: dict[str, int]) -> None:
    for table, count in sorted(rows.items()):
        typer.echo(f"{table}: {count}")


def _show_invitation(find: Callable[[AsyncSession], Awaitable[Caseworker]]) -> None:
    """A new invitation: by e-mail where there is a server for it, or else its path under the address of the desk."""
    with installation() as settings:
        sealer = Sealer(settings.secret_key.get_secret_value())

        async def made(session: AsyncSession) -> str:
            worker, moment = await find(session), now()
            token = await invite(session, sealer, worker.id, moment)
            if not settings.smtp_host:
                return f"/#invitation={token}"
            await queue_mail(session, invitation(worker, settings.desk_url, token, moment + INVITED_FOR), sealer)
            return f"Invitation envoyée à {worker.email}."

        typer.echo(_tried(settings, made))


def _done[Found](do: Callable[[AsyncSession, Sealer], Awaitable[Found]]) -> Found:
    """What one transaction did; a refusal is said in a sentence."""
    with installation() as settings:
        sealer = Sealer(settings.secret_key.get_secret_value())
        return _tried(settings, lambda session: do(session, sealer))


def _tried[Found](settings: Settings, do: Callable[[AsyncSession], Awaitable[Found]]) -> Found:
    try:
        return asyncio.run(in_transaction(settings, do))
    except HentError as refused:
        typer.secho(refused.message, err=True)
        raise typer.Exit(1) from refused


async def _named(session: AsyncSession, email: str) -> Caseworker:
    worker = await by_email(session, email)
    if worker is None:
        raise NotFound("Aucun conseiller n'a cette adresse.", error="caseworker_unknown")
    return worker


async def _add(session: AsyncSession, worker: Caseworker, organisation: str) -> Caseworker:
    found = await session.scalar(select(Organisation.id).where(Organisation.name == organisation))
    if found is None:
        raise NotFound(f"Aucun organisme ne s'appelle « {organisation} ».", error="organisation_unknown")
    if await by_email(session, worker.email):
        raise Conflict("Un conseiller a déjà cette adresse.", error="email_taken")
    worker.organisation_id = found
    session.add(worker)
    await session.flush()
    return worker
