"""Commands about words: measure what is understood, and look at what is recognised."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from api.commands.evaluation import Sentence, evaluate, paired, report, worst
from api.commands.parsing import parse
from api.commands.pictures import confusion_picture
from api.commands.recognised import found_in
from api.commands.review import review
from api.conversations.pressing import pressing
from api.core.clock import now
from api.supervisor.training import BUILD

Out = Annotated[Path, typer.Option(help="Où écrire l'image des confusions et les vingt pires")]
AsJson = Annotated[bool, typer.Option("--json", help="Écrire du JSON")]

nlu = typer.Typer(help="Mesurer et améliorer la compréhension", no_args_is_help=True)
nlu.command("review")(review)


@nlu.command("evaluate")
def evaluate_files(files: list[Path], as_json: AsJson = False, out: Out = BUILD / "evaluation") -> None:
    """Comparer l'intention comprise à l'intention attendue : colonnes intent, register, text."""
    lines = [line for file in files for line in _lines(file) if not line.startswith("intent\t")]
    sentences = [Sentence(*line.split("\t")) for line in lines]
    pairs = paired(sentences, parse([sentence.text for sentence in sentences]))
    measured = evaluate(pairs)
    if as_json:
        typer.echo(json.dumps(measured, ensure_ascii=False))
        return
    typer.echo(report(measured))
    out.mkdir(parents=True, exist_ok=True)
    (out / "confusions.svg").write_text(confusion_picture(measured["confusions"]))
    (out / "worst.tsv").write_text(
        "".join(f"{s.intent}\t{g.intent}\t{g.confidence:.2f}\t{s.text}\n" for s, g in worst(pairs))
    )
    typer.echo(f"Confusions et vingt pires : {out}")


@nlu.command("weigh")
def weigh_urgent() -> None:
    """Apprendre à reconnaître les urgences : data/reference/urgent/lists/ donne weights.bin, à publier avec."""
    # Imported here: `hent urgent` and the others learn nothing.
    from api.conversations.urgent.learning import write

    typer.echo(f"{write()} messages")


@nlu.command("narrow")
def narrow() -> None:
    """Apprendre les réponses précises : data/reference/narrower/lists/ donne narrower.npz, à publier avec."""
    from api.conversations.narrowing.learning import write

    typer.echo(f"{write()} messages")


def entities(file: Path, as_json: AsJson = False) -> None:
    """Lieux, métiers et dates reconnus, une phrase par ligne."""
    lines = _lines(file)
    found = [found_in(line, parsed, now()) for line, parsed in zip(lines, parse(lines), strict=True)]
    _show(found, lines, as_json)


def urgent(file: Path, as_json: AsJson = False) -> None:
    """Urgences reconnues, en français ou dans une autre langue, une phrase par ligne."""
    lines = _lines(file)
    found = [pressing(line) for line in lines]
    _show([one.kind if one else None for one in found], lines, as_json)


def _lines(file: Path) -> list[str]:
    return [line for line in file.read_text().splitlines() if line.strip()]


def _show(found: Sequence[object], lines: list[str], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        for line, value in zip(lines, found, strict=True):
            typer.echo(f"{value}\t{line}")
