"""`hent nlu review`: what was not well understood, by likeness; an editor says what it means, and it is learnt from."""

import asyncio
import json
import sys
from collections import Counter
from typing import Annotated, NoReturn

import typer
from sqlalchemy.ext.asyncio import AsyncSession

from api.commands.surroundings import in_transaction, installation
from api.conversations.learning import reviewing
from api.conversations.learning.giving import LINE, Sentences
from api.conversations.learning.grouping import Group, short
from api.conversations.learning.tables import Trouble
from api.core.errors import HentError, Unavailable
from api.core.settings import Settings

EXAMPLES = 5
"""Sentences shown of a group; `--json` shows all."""
TROUBLES = {
    Trouble.not_understood: "non comprise",
    Trouble.asked_back: "demandée en retour",
    Trouble.unhelpful: "réponse inutile",
}
DISMISS, LATER = "-", ""

Give = Annotated[
    tuple[str, str] | None,
    typer.Option(metavar="NOM INTENTION", help="Ajouter ce groupe, ou cette phrase, aux phrases de cette intention"),
]
Reworded = Annotated[str | None, typer.Option("--as", help="Avec --give : ce qu'il faut ajouter à la place")]
Dismiss = Annotated[str | None, typer.Option(metavar="NOM", help="Écarter ce groupe, ou cette phrase")]
AsJson = Annotated[bool, typer.Option("--json", help="Écrire du JSON")]


def review(as_json: AsJson = False, give: Give = None, reworded: Reworded = None, dismiss: Dismiss = None) -> None:
    """Phrases mal comprises, groupées. Dans un terminal, chaque groupe attend son intention."""
    if (give and dismiss) or (reworded and not give):
        _refuse("Choisissez --give, avec ou sans --as, ou --dismiss.")
    with installation() as settings:
        try:
            if give:
                _give(settings, *give, reworded)
            elif dismiss:
                _dismiss(settings, dismiss)
            else:
                _list(settings, as_json)
        except HentError as refused:
            _refuse(refused.message)


def _list(settings: Settings, as_json: bool) -> None:
    groups = asyncio.run(in_transaction(settings, reviewing.waiting))
    if as_json:
        typer.echo(json.dumps([reviewing.as_json(group) for group in groups], ensure_ascii=False))
        return
    if not groups:
        typer.echo("Aucune phrase n'attend.")
    for group in groups:
        typer.echo("\n".join(_shown(group)))
        if sys.stdin.isatty():
            _ask(settings, group)


def _ask(settings: Settings, group: Group) -> None:
    """Until the answer can be obeyed: what is mistyped costs nothing."""
    asked = "Intention, - pour écarter, rien pour plus tard"
    while (answer := typer.prompt(asked, default=LATER, show_default=False).strip()) != LATER:
        try:
            if answer == DISMISS:
                _dismiss(settings, group.name)
            else:
                _give(settings, group.name, answer, None)
            return
        except HentError as refused:
            typer.secho(refused.message, err=True)


def _shown(group: Group) -> list[str]:
    rows = group.sentences
    troubles = Counter(TROUBLES[one.trouble] for one in rows)
    told = ", ".join(f"{trouble} {count}" for trouble, count in troubles.most_common())
    lines = [f"{group.name}\t{len(rows)}\t{reviewing.suggested(group) or '?'}\t{told}"]
    lines += [f"  {short(one)}\t{one.text}" for one in rows[:EXAMPLES]]
    return lines + ([f"  et {len(rows) - EXAMPLES} de plus"] if len(rows) > EXAMPLES else [])


def _give(settings: Settings, name: str, intent: str, reworded: str | None) -> None:
    typer.echo(asyncio.run(in_transaction(settings, lambda session: _given(session, name, intent, reworded))))


async def _given(session: AsyncSession, name: str, intent: str, reworded: str | None) -> str:
    """The file first: should we die before the rows are gone, the same again finds its sentences there."""
    rows = await reviewing.named(session, name)
    sentences = Sentences()
    lines = sentences.prepare([reworded] if reworded else [one.text for one in rows], intent)
    file = sentences.told(sentences.file_of(intent))
    try:
        sentences.write()
    except Unavailable:
        # In a container nothing can be written: the rows stay until somebody has added these by hand.
        written = "\n".join(LINE + line for line in lines)
        return f"{file} ne peut pas être écrit ici. Ajoutez-y ces lignes, puis --dismiss {name} :\n{written}"
    await reviewing.handled(session, rows)
    return f"{file} : {len(lines)} de plus. Phrases traitées : {len(rows)}. Ensuite : hent train"


def _dismiss(settings: Settings, name: str) -> None:
    typer.echo(asyncio.run(in_transaction(settings, lambda session: _dismissed(session, name))))


async def _dismissed(session: AsyncSession, name: str) -> str:
    rows = await reviewing.named(session, name)
    await reviewing.handled(session, rows)
    return f"Phrases écartées : {len(rows)}."


def _refuse(why: str) -> NoReturn:
    typer.secho(why, err=True)
    raise typer.Exit(1)
