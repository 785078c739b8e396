"""The command about other languages: their cards, and who has read them."""

import typer

from api.languages import Language
from api.languages import languages as known

COLUMNS = ("code", "langue", "relue", "remise en français")
NEVER = "jamais relue par quelqu'un qui la parle"
NOT_COMPARED = "jamais, ou modifiée depuis"


def languages() -> None:
    """Les langues reconnues, et qui a relu leur carte. Code de sortie 1 si une carte n'a jamais été relue.

    « Remise en français » : chaque phrase a été traduite en français et comparée, sans quelqu'un qui parle la langue.
    """
    typer.echo("\t".join(COLUMNS))
    for language in known().values():
        typer.echo("\t".join([language.code, language.name, _review(language), _comparison(language)]))
    unread = sum(language.reviewed is None for language in known().values())
    compared = sum(language.compared is not None for language in known().values())
    typer.echo(f"Langues : {len(known())}. Relues par quelqu'un qui les parle : {len(known()) - unread}.")
    typer.echo(f"Remises en français et comparées, sans relecteur : {compared}. Cartes jamais relues : {unread}.")
    if unread:
        raise typer.Exit(1)


def _review(language: Language) -> str:
    review = language.reviewed
    return f"le {review.day} par {review.by}" if review else NEVER


def _comparison(language: Language) -> str:
    return f"le {language.compared}" if language.compared else NOT_COMPARED
