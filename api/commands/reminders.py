"""`hent reminders`: what each reminder says, and whom none reaches."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.reminding.due import BEFORE
from api.appointments.reminding.letters import Letter, letter_to, printed
from api.appointments.reminding.unreachable import WORDS, Unreached, unreachable
from api.appointments.reminding.wording import DISCREET, PARTS, spoken
from api.appointments.tables import ReminderKind
from api.authorities.tables import Authority
from api.beneficiaries.tables import Beneficiary
from api.commands.surroundings import in_transaction, installation
from api.core.clock import now, paris, today
from api.core.errors import NotFound
from api.core.sealing import Sealer
from api.core.settings import Settings
from api.letters.reminding import REMINDER
from api.texts.formats import clock_time, day
from api.texts.gsm import segments
from api.texts.library import entries
from api.texts.schemas import Saying
from api.texts.service import Spoken
from api.texts.voice import read_voice

reminders = typer.Typer(help="Rappels et invitations par SMS", no_args_is_help=True)
OneCode = Annotated[str, typer.Option("--authority", help="Code d'une collectivité : cd29, brest…")]
Code = Annotated[str | None, typer.Option("--authority", help="Code d'une collectivité : cd29, brest…")]


@reminders.command("preview")
def preview(
    kind: ReminderKind,
    authority: Code = None,
    confidential: Annotated[bool, typer.Option(help="À la demande d'une personne au dossier confidentiel")] = False,
) -> None:
    """Montrer un rappel tel qu'il part, avec le nombre de SMS qu'il coûte ; pour une collectivité, ou pour toutes."""
    if confidential and kind not in BEFORE:
        typer.secho("Rien de tel ne part pour un dossier confidentiel.", err=True)
        raise typer.Exit(1)
    names = (DISCREET,) if confidential else PARTS[kind]
    _show(names, authority)


@reminders.command("letter")
def letter(authority: Code = None) -> None:
    """Montrer le rappel de la date limite d'un courrier tel qu'il part, avec le nombre de SMS qu'il coûte."""
    _show((REMINDER,), authority)


def _show(names: tuple[str, ...], authority: str | None) -> None:
    for code, said in _done(lambda session: _previews(session, names, authority)):
        count = segments(said.text)
        typer.echo(f"{code} : {count} SMS ({len(said.text)} signes)\n{said.text}\n")


@reminders.command("unreachable")
def unreached(
    authority: Code = None,
    pdf: Annotated[Path | None, typer.Option(help="Dossier où écrire une lettre par personne")] = None,
) -> None:
    """Lister les personnes qu'aucun SMS n'atteint, avec leurs rendez-vous. Chaque semaine."""
    found = _done(lambda session: _unreachable(session, authority))
    for one in found:
        typer.echo(_line(one))
    if not found:
        typer.echo("Tout le monde peut être joint.")
    if pdf and found:
        _print(_done_with(lambda session, settings: _letters(session, settings, found)), pdf)


@reminders.command("off")
def off(kind: ReminderKind, authority: OneCode) -> None:
    """Ne plus envoyer ce rappel pour une collectivité."""
    _done(lambda session: _switch(session, kind, authority, sent=False))


@reminders.command("on")
def on(kind: ReminderKind, authority: OneCode) -> None:
    """Envoyer de nouveau ce rappel."""
    _done(lambda session: _switch(session, kind, authority, sent=True))


async def _switch(session: AsyncSession, kind: ReminderKind, code: str, *, sent: bool) -> None:
    (row,) = await _chosen(session, code)
    row.no_reminders = sorted(set(row.no_reminders) - {kind} if sent else {*row.no_reminders, kind.value})


async def _previews(session: AsyncSession, names: tuple[str, ...], code: str | None) -> list[tuple[str, Spoken]]:
    said = [Saying(name, entries()[name].example) for name in names]
    return [(one.code, spoken(said, await read_voice(session, one.code))) for one in await _chosen(session, code)]


async def _unreachable(session: AsyncSession, code: str | None) -> list[Unreached]:
    codes = [one.code for one in await _chosen(session, code)]
    return [one for code in codes for one in await unreachable(session, Beneficiary.authority_code == code, now())]


async def _letters(session: AsyncSession, settings: Settings, found: list[Unreached]) -> list[Letter]:
    sealer = Sealer(settings.secret_key.get_secret_value())
    return [await letter_to(session, sealer, one, settings.public_url, now()) for one in found]


async def _chosen(session: AsyncSession, code: str | None) -> list[Authority]:
    """The authority of this code, or all. Raises NotFound."""
    rows = select(Authority).order_by(Authority.code)
    found = list(await session.scalars(rows.where(Authority.code == code) if code else rows))
    if not found:
        raise NotFound("Cette collectivité n'existe pas.", error="unknown_authority")
    return found


def _line(one: Unreached) -> str:
    visits = ", ".join(f"{day(starts_at)} à {clock_time(starts_at)}" for starts_at in one.visits)
    return f"{one.authority}\t{one.name}\t{one.commune}\t{WORDS[one.why]}\t{visits or 'à convoquer'}"


def _print(letters: list[Letter], folder: Path) -> None:
    # Names and dates of people: for whoever runs the command, and nobody else of the machine.
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for letter in letters:
        file = folder / f"{letter.to.id}.pdf"
        file.touch(mode=0o600)
        file.write_bytes(printed([letter], today()))
    typer.echo(f"{len(letters)} lettres dans {folder}, le {paris(now()):%d/%m/%Y}.")


def _done[Found](do: Callable[[AsyncSession], Awaitable[Found]]) -> Found:
    return _done_with(lambda session, _: do(session))


def _done_with[Found](do: Callable[[AsyncSession, Settings], Awaitable[Found]]) -> Found:
    with installation() as settings:
        try:
            return asyncio.run(in_transaction(settings, lambda session: do(session, settings)))
        except NotFound as refused:
            typer.secho(refused.message, err=True)
            raise typer.Exit(1) from refused
