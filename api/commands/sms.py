"""`hent sms`: what text messages cost, by authority."""

import asyncio
from datetime import date, datetime
from typing import Annotated, NamedTuple

import typer
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.tables import Authority
from api.commands.surroundings import in_transaction, installation
from api.conversations.sms_tables import OutgoingSms, SmsStatus
from api.core.clock import PARIS, today

sms = typer.Typer(help="SMS partis, et leur prix")

BILLED = (SmsStatus.sent, SmsStatus.accepted, SmsStatus.delivered, SmsStatus.failed, SmsStatus.unknown)
"""What an operator bills, or may bill: what it took, arrived or not."""
NOBODY = "sans collectivité"


class Cost(NamedTuple):
    """Of one authority and one month; `price` in thousandths of a euro, of the segments whose price is known."""

    authority: str
    messages: int
    segments: int
    unpriced: int
    price: int

    def __str__(self) -> str:
        euros = f"{self.price / 1000:.2f}".replace(".", ",")
        line = f"{self.authority} : {self.messages} SMS, {self.segments} segments, {euros} €"
        return f"{line} (et {self.unpriced} segments sans prix connu)" if self.unpriced else line


@sms.callback()
def group() -> None:
    """SMS partis, et leur prix."""


@sms.command()
def costs(month_of: Annotated[str | None, typer.Option("--month", help="Par exemple 2026-11")] = None) -> None:
    """SMS du mois, segments et prix, par collectivité."""
    with installation() as settings:
        first = _first(month_of)
        lines = asyncio.run(in_transaction(settings, lambda session: of_month(session, first)))
        typer.echo("\n".join(map(str, lines)) if lines else "Aucun SMS n'est parti ce mois-là.")


async def of_month(session: AsyncSession, first: date) -> list[Cost]:
    """Everything handed over in the month that begins on this day, in Paris, the dearest first."""
    begins = datetime(first.year, first.month, 1, tzinfo=PARIS)
    ends = datetime(first.year + first.month // 12, first.month % 12 + 1, 1, tzinfo=PARIS)
    price, segments = func.sum(OutgoingSms.price), func.sum(OutgoingSms.segments)
    unpriced = segments.filter(OutgoingSms.price.is_(None))
    rows = (
        select(func.coalesce(Authority.name, NOBODY), func.count(), segments, unpriced, price)
        .select_from(OutgoingSms)
        .outerjoin(Authority, Authority.code == OutgoingSms.authority_code)
        .where(OutgoingSms.status.in_(BILLED), OutgoingSms.sent_at >= begins, OutgoingSms.sent_at < ends)
        .group_by(Authority.name)
        .order_by(price.desc().nulls_last(), Authority.name)
    )
    found = (await session.execute(rows)).all()
    return [Cost(name, messages, *(count or 0 for count in counts)) for name, messages, *counts in found]


def _first(written: str | None) -> date:
    if written is None:
        return today().replace(day=1)
    try:
        return datetime.strptime(written, "%Y-%m").replace(tzinfo=PARIS).date()
    except ValueError as error:
        raise typer.BadParameter("Écrivez le mois ainsi : 2026-11") from error
