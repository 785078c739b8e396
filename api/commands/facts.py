"""Commands about dated facts: all of them, those to read again, and those that a sentence is made of."""

import asyncio
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import typer

from api.commands.surroundings import in_transaction, installation
from api.conversations.explaining import said_in
from api.core.clock import today
from api.core.errors import NotFound
from api.knowledge.facts import KINDS, Fact, Stated
from api.knowledge.reviewing import due as to_review
from api.texts.library import Entry, entries
from api.texts.tracing import trace as trace_entry

facts = typer.Typer(help="Montants, délais et numéros datés", invoke_without_command=True)
COLUMNS = ("nom", "valeur", "unité", "valable depuis", "à relire avant", "source")


@facts.callback()
def every_fact(context: typer.Context) -> None:
    """Montants, délais et numéros, avec leur source et le jour où les relire."""
    if context.invoked_subcommand:
        return
    typer.echo("\t".join(COLUMNS))
    for fact in (fact for known in KINDS.values() for fact in known().values()):
        for departement, stated in fact.everywhere():
            for one in stated:
                typer.echo("\t".join([_name(fact, departement), _value(one), fact.unit, *_dates(one), one.source]))


@facts.command("due")
def due_facts(on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="À cette date")] = None) -> None:
    """Ce qu'il faut relire, le plus en retard d'abord. Code de sortie 1 s'il y a du retard."""
    day = on.date() if on else today()
    reviews = to_review(day)
    for stated, fact, departement in reviews:
        state = "en retard" if stated.overdue(day) else "bientôt"
        typer.echo("\t".join([state, str(stated.review_by), _name(fact, departement), _value(stated), stated.source]))
    if any(review.stated.overdue(day) for review in reviews):
        raise typer.Exit(1)


@facts.command("trace")
def trace_text(
    name: Annotated[str | None, typer.Argument(help="Nom d'un texte de data/texts")] = None,
    departement: Annotated[str | None, typer.Option(help="Numéro d'un département")] = None,
    message: Annotated[UUID | None, typer.Option(help="Identifiant d'un message de Hent")] = None,
) -> None:
    """De quels faits un texte est fait, ou les textes d'un message déjà envoyé."""
    if (name is None) is (message is None):
        _refuse("Donnez le nom d'un texte, ou --message et l'identifiant d'un message.")
    if message:
        _trace_message(message)
    elif name in entries():
        _show(entries()[name], entries()[name].forms(), departement, today())
    else:
        _refuse(f"Aucun texte ne s'appelle « {name} ».")


def _trace_message(message: UUID) -> None:
    with installation() as settings:
        try:
            said = asyncio.run(in_transaction(settings, lambda session: said_in(session, message)))
        except NotFound as unknown:
            _refuse(unknown.message)
    if not said.texts and not said.gone:
        typer.echo("Ce message n'est fait d'aucun texte de Hent.")
    for entry in said.texts:
        _show(entry, said.forms(entry), said.departement, said.day)
    for name in said.gone:
        typer.echo(f"{name} : ce texte n'existe plus")


def _show(entry: Entry, forms: Iterable[str], departement: str | None, day: date) -> None:
    for form in forms:
        typer.echo(f"{entry.name}, {form}, le {day} :")
        typer.echo("\n".join(_lines(entry, form, departement, day)) or "  aucun fait daté")


def _lines(entry: Entry, form: str, departement: str | None, day: date) -> Iterator[str]:
    for traced in trace_entry(entry, departement, day):
        if traced.form == form and traced.stated is None:
            yield f"  {traced.fact.name} : pas encore valable (data/reference/{traced.fact.file})"
        elif traced.form == form and traced.stated:
            since, until = _dates(traced.stated)
            late = ", EN RETARD" if traced.stated.overdue(day) else ""
            yield f"  {traced.fact.name} = {_value(traced.stated)} {traced.fact.unit}, depuis le {since}"
            yield f"    à relire avant le {until}{late} ; data/reference/{traced.fact.file}"
            yield f"    {traced.stated.source}"


def _name(fact: Fact, departement: str | None) -> str:
    return f"{fact.name} ({departement})" if departement else fact.name


def _value(stated: Stated) -> str:
    return "–" if stated.value is None else str(stated.value)


def _dates(stated: Stated) -> tuple[str, str]:
    return str(stated.valid_from), str(stated.review_by)


def _refuse(why: str) -> None:
    typer.secho(why, err=True)
    raise typer.Exit(1)
