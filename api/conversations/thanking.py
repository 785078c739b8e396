"""Thanks, goodbyes and what one knows already, beside something else: they are no request, and must not hide one.

"Bon ok annule le et merci t'es gentil, bonne soirée" was taken for a goodbye, and nothing was cancelled.
"""

import re

from api.core.folding import words

_LEAST = 3
"""Words of a request; fewer ("ok", "c'est gentil") go with the thanks."""
_THANKS = re.compile(
    r"(?i)\b(?:et\s+)?(?:merci|mrci|mci)\b(?:\s+(?:beaucoup|bcp|bien|infiniment|d['’ ]avance|[àa]\s+vous))?+"
    r"(?:\s+(?:pour|pr)\s+tou?t)?+"
    r"(?:\s+(?:t['’ ]?\s?es|vous\s+[êe]tes|tu\s+es|c['’ ]?est)\s+(?:gentil|gentille|sympa|super))?+"
    r"(?!\s+(?:de|d['’]|pour|pr|a|à)\b)"
    r"|\bbonne\s+(?:soir[ée]e|journ[ée]e|nuit|semaine|fin\s+de\s+journ[ée]e)\b|\bau\s+revoir\b|\b[àa]\s+bient[ôo]t\b"
)


# "Je sais me servir d'un ordinateur, merci bien. Je perds mon temps" was asked where to look for help with computers.
_KNOWS = re.compile(
    r"(?i)\b(?:mais\s+)?je\s+sais\s+(?:(?:d[ée]j[àa]|tr[èe]s|bien)\s+)*"
    r"(?:me\s+servir|m['’ ]?en\s+servir|utiliser|lire|[ée]crire)\b"
    r"(?:(?!\b(?:mais|pas|plus|peu)\b)[^.,;:!?\n])*(?=[.,;:!?\n])"
)


def without_thanks(text: str, is_asked: bool) -> str:
    """The text without them, where something else is left to be understood; as it is where it only thanks.

    What somebody says to know already is left out too. `is_asked`: whether a question of ours is open, which one word
    answers.
    """
    rest = " ".join(_THANKS.sub(" ", _KNOWS.sub(" ", text)).split())
    return rest if len(words(rest)) >= (1 if is_asked else _LEAST) else text
