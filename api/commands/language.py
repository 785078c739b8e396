"""Commands about words: measure what is understood, and look at what is recognised."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from api.commands.evaluation import Sentence, evaluate, report
from api.commands.parsing import parse
from api.commands.recognised import found_in
from api.conversations.urgent import recognise

AsJson = Annotated[bool, typer.Option("--json", help="Écrire du JSON")]

nlu = typer.Typer(help="Mesurer la compréhension", no_args_is_help=True)


@nlu.command("evaluate")
def evaluate_file(file: Path, as_json: AsJson = False) -> None:
    """Comparer l'intention comprise à l'intention attendue : colonnes intent, register, text."""
    sentences = [Sentence(*line.split("\t")) for line in _lines(file) if not line.startswith("intent\t")]
    parsed = parse([sentence.text for sentence in sentences])
    measured = evaluate(sentences, parsed)
    typer.echo(json.dumps(measured, ensure_ascii=False) if as_json else report(measured))


def entities(file: Path, as_json: AsJson = False) -> None:
    """Lieux et métiers reconnus, une phrase par ligne."""
    lines = _lines(file)
    found = [found_in(parsed) for parsed in parse(lines)]
    _show(found, lines, as_json)


def urgent(file: Path, as_json: AsJson = False) -> None:
    """Urgences reconnues, une phrase par ligne."""
    lines = _lines(file)
    _show([recognise(line) for line in lines], lines, as_json)


def _lines(file: Path) -> list[str]:
    return [line for line in file.read_text().splitlines() if line.strip()]


def _show(found: Sequence[object], lines: list[str], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        for line, value in zip(lines, found, strict=True):
            typer.echo(f"{value}\t{line}")
