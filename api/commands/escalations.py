"""`hent escalations`: who waits for a human, until the desk shows it; and that somebody was answered."""

import asyncio
from typing import Annotated, NamedTuple
from uuid import UUID

import typer
from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Beneficiary
from api.commands.surroundings import installation
from api.core.clock import now
from api.core.database import Database
from api.core.errors import NotFound
from api.core.settings import Settings
from api.desk.acting import close_unsigned
from api.desk.labels import KINDS, REASONS
from api.escalations import service
from api.escalations.tables import Escalation, Kind
from api.texts.formats import clock_time, day, phone

escalations = typer.Typer(help="Demandes faites à un humain", invoke_without_command=True)


class Line(NamedTuple):
    """One request as it is printed."""

    row: Escalation
    who: str

    def __str__(self) -> str:
        late = " (en retard)" if self.row.due_at < now() and self.row.kind is Kind.to_answer else ""
        head = f"{self.row.id}  {KINDS[self.row.kind]} avant le {day(self.row.due_at)}{late}"
        about = f"    {self.row.authority_code}, {self.who} : {REASONS[self.row.reason]}"
        return "\n".join([head, about, f"    « {self.row.line} »", *self._call()])

    def _call(self) -> list[str]:
        if not self.row.phone:
            return []
        number = f"    Rappeler au {phone(self.row.phone)}"
        if not (self.row.call_from and self.row.call_until):
            return [number]
        hours = f"entre {clock_time(self.row.call_from)} et {clock_time(self.row.call_until)}"
        return [f"{number}, le {day(self.row.call_from)} {hours}"]


@escalations.callback()
def listed(
    context: typer.Context,
    authority: Annotated[str | None, typer.Option(help="Code d'une collectivité : cd29, brest…")] = None,
) -> None:
    """Demandes ouvertes, la plus pressée d'abord."""
    if context.invoked_subcommand:
        return
    with installation() as settings:
        lines = asyncio.run(_open(settings, authority))
        typer.echo("\n".join(map(str, lines)) if lines else "Personne n'attend de réponse.")


@escalations.command("close")
def close(identifier: UUID, note: Annotated[str | None, typer.Option(help="Ce qui a été fait")] = None) -> None:
    """Noter qu'une demande a reçu sa réponse."""
    with installation() as settings:
        try:
            asyncio.run(_close(settings, identifier, note))
        except NotFound as refusal:
            typer.secho(refusal.message, err=True)
            raise typer.Exit(1) from refusal


async def _open(settings: Settings, authority: str | None) -> list[Line]:
    database = Database(settings.database_url)
    async with database.transaction() as session:
        lines = [Line(row, await _who(session, row)) for row in await service.still_open(session, authority)]
    await database.close()
    return lines


async def _close(settings: Settings, identifier: UUID, note: str | None) -> None:
    database = Database(settings.database_url)
    try:
        async with database.transaction() as session:
            await close_unsigned(session, identifier, note, now())
    finally:
        await database.close()


async def _who(session: AsyncSession, row: Escalation) -> str:
    person = await session.get(Beneficiary, row.beneficiary_id) if row.beneficiary_id else None
    return f"{person.first_name} {person.last_name}" if person else "personne non identifiée"
