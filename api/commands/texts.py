"""Commands about what Hent says: how easily it is read."""

from collections.abc import Iterator
from typing import NamedTuple

import typer

from api.texts.library import MSA_FORM, Entry, entries, template
from api.texts.readability import Reading, reading
from api.texts.voice import Voice

texts = typer.Typer(help="Ce que dit Hent", no_args_is_help=True)
COLUMNS = ("aisance", "mots", "mots par phrase", "syllabes par mot", "texte", "forme")
# Any authority's: its name and number are not read as words.
CARD = {"name": "Département", "phone": "+33261910035", "hours": "du lundi au vendredi"}


class Read(NamedTuple):
    """One form of a text and its figures."""

    entry: Entry
    form: str
    figures: Reading


@texts.callback()
def about_texts() -> None:
    """A callback keeps the name of a command that is alone."""


@texts.command("readability")
def readability() -> None:
    """L'aisance de lecture de chaque texte, le plus difficile d'abord (indice de Flesch, Kandel et Moles)."""
    typer.echo("\t".join(COLUMNS))
    for entry, form, figures in hardest_first():
        each = (f"{figures.words_a_sentence:.1f}", f"{figures.syllables_a_word:.1f}")
        typer.echo("\t".join([f"{figures.ease:.0f}", str(figures.words), *each, entry.name, form]))


def hardest_first() -> list[Read]:
    """Each form of each French text, as its example is said."""
    return sorted(_read(), key=lambda one: one.figures.ease)


def _read() -> Iterator[Read]:
    for entry in entries().values():
        for form, source in entry.forms().items() if entry.language is None else ():
            voice = Voice(CARD, None, farming=form.endswith(MSA_FORM))
            yield Read(entry, form, reading(template(source).render(**voice.context(), **entry.example)))
