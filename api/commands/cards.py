"""The command about other languages: their cards, and who has read them."""

import typer

from api.languages import Language
from api.languages import languages as known

COLUMNS = ("code", "langue", "relue")
NEVER = "jamais relue par quelqu'un qui la parle"


def languages() -> None:
    """Les langues reconnues, et qui a relu leur carte. Code de sortie 1 si une carte n'a jamais été relue."""
    typer.echo("\t".join(COLUMNS))
    for language in known().values():
        typer.echo("\t".join([language.code, language.name, _review(language)]))
    unread = sum(language.reviewed is None for language in known().values())
    typer.echo(f"Langues : {len(known())}. Cartes jamais relues : {unread}.")
    if unread:
        raise typer.Exit(1)


def _review(language: Language) -> str:
    review = language.reviewed
    return f"le {review.on} par {review.by}" if review else NEVER
