"""`hent bench-nlu`: what is understood by us, by stock Rasa and by a linear model, as a table and in bench-nlu.json."""

import asyncio
import json
import time

import typer
from rich.console import Console
from rich.table import Table

from api.bench.figures import as_json, rounded
from api.bench.nlu.measuring import Measured, measure
from api.bench.nlu.telling import FRENCH_REFERENCE, figures, french_share, parted, rows, shown
from api.bench.running import machine
from api.supervisor.errors import SupervisorError
from api.supervisor.house import ROOT

FILE = ROOT / "bench-nlu.json"
_COLUMNS = ("Mesure", "Hent", "Rasa d'origine (DIET)", "TF-IDF et régression", "Unité")
_OTHERS = {"diet": "DIET", "linear": "la régression"}


def bench_nlu() -> None:
    """Mesurer la compréhension à côté de DIET et d'une régression : quelques minutes, plus l'apprentissage de DIET."""
    console, began = Console(), time.monotonic()

    def say(what: str) -> None:
        console.print(f"{time.monotonic() - began:4.0f} s  {what}", highlight=False)

    say(machine())
    try:
        measured = asyncio.run(measure(say))
    except SupervisorError as failure:
        console.print(str(failure), style="bold red", markup=False, highlight=False)
        raise typer.Exit(1) from failure
    _conclude(console, measured)


def _conclude(console: Console, measured: Measured) -> None:
    table = Table(*_COLUMNS)
    for row in rows(measured):
        table.add_row(*shown(row))
    console.print(table)
    for line in _lines(measured):
        console.print(line, highlight=False)
    FILE.write_text(json.dumps(as_json(figures(measured)), indent=2, ensure_ascii=False) + "\n")
    console.print(f"Les mêmes chiffres sont dans {FILE.name}.")


def _lines(measured: Measured) -> list[str]:
    tests = [
        f"Face à {_OTHERS[name]} : {pairs.ours} phrases comprises de Hent seul, {pairs.theirs} de l'autre seul"
        f" (McNemar exact, p = {rounded(pairs.p):g})."
        for name, pairs in parted(measured).items()
    ]
    asked = f"{measured.french_right} phrases sur {measured.french_asked}"
    return [
        f"{len(measured.sentences)} phrases tenues à l'écart ; DIET entraîné le {measured.trained_on}.",
        *tests,
        f"nlp.js en français : {asked}, soit {french_share(measured):.1f} % (DIET : {FRENCH_REFERENCE} %).",
    ]
