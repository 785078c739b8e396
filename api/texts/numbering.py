"""By SMS nothing can be pressed: choices are lines with a number, and the last line says what to answer."""

import re
from collections.abc import Sequence
from dataclasses import replace

from api.texts.formats import listing_or
from api.texts.gsm import segments, to_gsm
from api.texts.library import Button

YES, NO, PHONE = "yes", "no", "phone"
"""Words of a choice that stand for whatever says it: any yes, any no, any telephone number."""
UNDO = "undo"
"""The same: whatever takes back what was just done ("remets comme avant", "je me suis trompé")."""
KEEP, MOVE = "keep", "move"
"""The same: whatever keeps an appointment as it is ("je garde 9h45"), or wants another date ("je veux le reporter")."""
NUMBER = "number"
"""The same: its number, where the text has given it one."""
MORE = Button("PLUS", "more", words=("plus", "la suite", "suite", "autre", "autres", "d autres", "autres choix"))
"""Ours to answer: what it stands for are the choices behind it, which had no room."""
SEGMENTS = 2
# "Répondez OUI", "répondez : 1 pour", "Répondez par un numéro", or numbers of its own; not "répondez au courrier".
# "HUMAIN": the word that our cards in other languages give.
_SAYS_HOW = re.compile(r"\b[Rr]épondez(?: par\b| avec\b| ?:| [A-Z]{2}| \d)|^1 ?[:.]|\bHUMAIN\b", re.MULTILINE)


def numbered(text: str, buttons: Sequence[Button]) -> tuple[str, tuple[Button, ...]]:
    """The text with a line for each choice, and the choices with what answers them.

    What has no room in two segments, or in those that the text takes anyway, stands behind PLUS. A text that says
    itself how to answer stays as it is.
    """
    if not buttons or _SAYS_HOW.search(text):
        return text, tuple(buttons)
    room = max(SEGMENTS, segments(text))
    listed = [place for place, button in enumerate(buttons) if _needs_a_line(button, buttons)]
    for shown in range(len(listed), -1, -1):
        page = _page(text, buttons, listed, shown)
        if segments(page[0]) <= room:
            return page
    return text, tuple(buttons)


def _page(text: str, buttons: Sequence[Button], listed: Sequence[int], shown: int) -> tuple[str, tuple[Button, ...]]:
    """With the first `shown` of the `listed` places: (text, choices)."""
    lines = [f"{place + 1} {buttons[place].title}" for place in listed[:shown]]
    answers = [*_in_words(buttons), *(str(place + 1) for place in listed[:shown])]
    marked = [_with_number(button) if place in listed[:shown] else button for place, button in enumerate(buttons)]
    if shown < len(listed):
        answers.append(MORE.title)
        marked.insert(listed[shown], MORE)
    how = [f"Répondez {listing_or(answers)}."] if answers else []
    if answers == [MORE.title]:
        how = [f"Pour la suite, répondez {MORE.title}."]
    return "\n".join([text, *map(to_gsm, lines + how)]), tuple(marked)


def _needs_a_line(button: Button, buttons: Sequence[Button]) -> bool:
    return PHONE not in button.words and not (_in_words(buttons) and {YES, NO} & set(button.words))


def _in_words(buttons: Sequence[Button]) -> list[str]:
    """OUI and NON, where both are among the choices: then they need no line."""
    meant = {word for button in buttons for word in button.words}
    return ["OUI", "NON"] if {YES, NO} <= meant else []


def _with_number(button: Button) -> Button:
    return replace(button, words=(*button.words, NUMBER))
