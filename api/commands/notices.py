"""`hent notice`: what an authority tells everybody who writes to it, for a time."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Annotated

import typer
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities import notices
from api.authorities.tables import Notice, NoticeKind
from api.commands.surroundings import in_transaction, installation
from api.core.clock import PARIS, now, paris
from api.core.errors import HentError

notice = typer.Typer(help="Annonces au-dessus de la conversation", no_args_is_help=True)
DAY, HOUR = "%Y-%m-%d", "%Y-%m-%dT%H:%M"


@notice.callback()
def group() -> None:
    """Panne, grève ou fermeture : ce qui se lit au-dessus de la conversation, pour un temps."""


@notice.command("add")
def add_notice(
    authority: Annotated[str, typer.Argument(help="Code d'une collectivité : cd29, brest…")],
    kind: Annotated[NoticeKind, typer.Option(help="Panne, grève ou fermeture")],
    text: Annotated[str, typer.Option(help="Ce qui se lit, avec un numéro à appeler")],
    begins: Annotated[datetime, typer.Option("--from", formats=[DAY, HOUR], help="2026-12-24 ou 2026-12-24T14:00")],
    ends: Annotated[datetime, typer.Option("--to", formats=[DAY, HOUR], help="Un jour est compté jusqu'au soir")],
) -> None:
    """Annoncer. Une fermeture est aussi retirée des jours où une réponse est promise."""
    last = ends if ends.hour or ends.minute else ends + timedelta(days=1)
    between = (begins.replace(tzinfo=PARIS), last.replace(tzinfo=PARIS))
    typer.echo(_line(_done(lambda session: notices.add(session, authority, kind, text, between))))


@notice.command("list")
def list_notices(
    authority: Annotated[str | None, typer.Option(help="Code d'une collectivité : cd29, brest…")] = None,
) -> None:
    """Les annonces en cours et à venir."""
    for one in _done(lambda session: notices.to_come(session, authority, now())):
        typer.echo(_line(one))


@notice.command("end")
def end_notice(name: Annotated[str, typer.Argument(help="Comme `list` le donne")]) -> None:
    """Retirer une annonce maintenant."""
    typer.echo(_line(_done(lambda session: notices.end(session, name, now()))))


def _line(one: Notice) -> str:
    between = [paris(moment).strftime(HOUR) for moment in (one.starts_at, one.ends_at)]
    return "\t".join([notices.short(one.id), one.authority_code, one.kind, *between, one.text])


def _done[Found](do: Callable[[AsyncSession], Awaitable[Found]]) -> Found:
    with installation() as settings:
        try:
            return asyncio.run(in_transaction(settings, do))
        except HentError as refused:
            typer.secho(refused.message, err=True)
            raise typer.Exit(1) from refused
