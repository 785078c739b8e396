"""`hent sms`: what text messages cost, by authority."""

import asyncio
from collections import defaultdict
from datetime import date, datetime
from typing import Annotated

import typer

from api.commands.surroundings import in_transaction, installation
from api.conversations.costs import Cost, Sum, of_month
from api.core.clock import PARIS, today

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
