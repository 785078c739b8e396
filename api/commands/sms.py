"""`hent sms`: what text messages cost, by authority."""

import asyncio
from collections import defaultdict
from datetime import date, datetime
from typing import Annotated

import typer
from sqlalchemy.ext.asyncio import AsyncSession

from api.commands.surroundings import in_transaction, installation
from api.conversations.costs import Cost, Sum, of_month
from api.conversations.silence import silence
from api.conversations.sms_tables import Silence
from api.core.clock import PARIS, today
from api.identity.reading import read_phone

sms = typer.Typer(help="SMS partis, et leur prix")


@sms.callback()
def group() -> None:
    """SMS partis, et leur prix."""


@sms.command()
def costs(month_of: Annotated[str | None, typer.Option("--month", help="Par exemple 2026-11")] = None) -> None:
    """SMS du mois, segments et prix, par collectivité, puis par service d'envoi et par sorte."""
    with installation() as settings:
        first = _first(month_of)
        found = asyncio.run(in_transaction(settings, lambda session: of_month(session, first)))
        typer.echo("\n".join(written(found)) if found else "Aucun SMS n'est parti ce mois-là.")


@sms.command()
def stop() -> None:
    """Ne plus écrire aux numéros lus de l'entrée, un par ligne : des STOP reçus pendant qu'une base était perdue."""
    lines = [line.strip() for line in typer.get_text_stream("stdin") if line.strip()]
    read = [read_phone(line) for line in lines]
    if None in read:
        # Which one is not repeated: it is somebody's.
        typer.secho(f"La ligne {read.index(None) + 1} n'est pas un numéro de mobile. Rien n'est changé.", err=True)
        raise typer.Exit(1)
    phones = sorted({phone for phone in read if phone})
    with installation() as settings:
        asyncio.run(in_transaction(settings, lambda session: _stop(session, phones)))
    typer.echo(f"{len(phones)} numéros ne recevront plus rien de nous-mêmes.")


async def _stop(session: AsyncSession, phones: list[str]) -> None:
    for phone in phones:
        await silence(session, phone, Silence.stop)


def written(found: list[Cost]) -> list[str]:
    """Each authority's sum, the dearest first, and below it what it is made of."""
    by_authority: dict[str, list[Cost]] = defaultdict(list)
    for one in found:
        by_authority[one.authority].append(one)
    lines = []
    for whole, name, parts in sorted(((_whole(parts), name, parts) for name, parts in by_authority.items()), key=_dear):
        lines.append(f"{name} : {_said(whole)}")
        lines += [f"  {part.provider or '?'}, {part.kind} : {_said(part.sum)}" for part in parts]
    return lines


def _dear(one: tuple[Sum, str, list[Cost]]) -> tuple[int, str]:
    return -one[0].price, one[1]


def _whole(parts: list[Cost]) -> Sum:
    whole = Sum()
    for part in parts:
        whole.add(part.sum)
    return whole


def _said(sum_of: Sum) -> str:
    euros = f"{sum_of.price / 1000:.2f}".replace(".", ",")
    line = f"{sum_of.messages} SMS, {sum_of.segments} segments, {euros} €"
    return f"{line} (et {sum_of.unpriced} segments sans prix connu)" if sum_of.unpriced else line


def _first(written: str | None) -> date:
    if written is None:
        return today().replace(day=1)
    try:
        return datetime.strptime(written, "%Y-%m").replace(tzinfo=PARIS).date()
    except ValueError as error:
        raise typer.BadParameter("Écrivez le mois ainsi : 2026-11") from error
