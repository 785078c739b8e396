"""`hent bench`: our figures beside stock Rasa's, as a table and in bench.json."""

import asyncio
import json
import time
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from api.bench.chain import Hopeless
from api.bench.figures import Figure, as_json, rows
from api.bench.mornings import MOST
from api.bench.running import Report, machine, measure
from api.supervisor.errors import SupervisorError
from api.supervisor.house import ROOT

FILE = ROOT / "bench.json"
Reminders = Annotated[int, typer.Option("--reminders", min=100, max=MOST, help="Rappels d'un matin à envoyer")]
_COLUMNS = ("Mesure", "Hent", "Unité", "Rasa d'origine", "Rapport", "Comment")


def bench(reminders: Reminders = 2_000) -> None:
    """Mesurer Hent à côté de Rasa tel qu'on l'installe : dix minutes au plus, plus la première fois."""
    console, began = Console(), time.monotonic()

    def say(what: str) -> None:
        console.print(f"{time.monotonic() - began:4.0f} s  {what}", highlight=False)

    say(machine())
    try:
        report = asyncio.run(measure(say, reminders))
    except (SupervisorError, Hopeless) as failure:
        console.print(str(failure), style="bold red", markup=False, highlight=False)
        raise typer.Exit(1) from failure
    console.print(_table(report.figures))
    _conclude(console, report)


def _table(figures: list[Figure]) -> Table:
    table = Table(*_COLUMNS)
    for row in rows(figures):
        table.add_row(*row)
    return table


def _conclude(console: Console, report: Report) -> None:
    said = f"{report.answered} réponses justes de Hent, {report.answered_by_stock} de Rasa d'origine."
    console.print(said, highlight=False)
    if report.failures:
        console.print(f"Échecs : {dict(report.failures)}. bench.json n'est pas écrit.", style="bold red", markup=False)
        raise typer.Exit(1)
    FILE.write_text(json.dumps(as_json(report.figures), indent=2, ensure_ascii=False) + "\n")
    console.print(f"Les mêmes chiffres sont dans {FILE.name}.")
