"""How long a letter leaves: "15 jours", "sous huitaine", "un mois à compter de la réception"."""

import re
from typing import NamedTuple

from api.core.dates.counted import HUITAINE, QUINZAINE

_LENGTH = re.compile(
    r"\b(?P<many>\d{1,3}|une?) (?P<unit>jours?|semaines?|mois)\b"
    r"(?! (?:sur|par|que|de retard|de rsa|d absence|prochain))"
    r"|\b(?P<hours>24|48|72|96) ?h(?:eures?)?\b(?! ?(?:/|24|par))|\b(?P<some>huitaine|quinzaine)\b"
    r"|\b(?:le|la) (?P<own>mois|semaine)(?= (?:qui suit|suivant))"
)
# Other lengths than that of an answer: how long one waits, is ill, is sanctioned.
_OTHER = re.compile(
    r"\b(?:depuis|il y a|y a|ca fait|pendant|suspen\w+|radi\w+|coupee?|absente?"
    r"|(?<!dans )les|tous les|toutes les|age de|deja|contrat de)"
    r"(?: (?:de|d|pour|pendant|encore))* $"
)
_SAYS = re.compile(
    r"\b(?:sous|dans|delai|d ici|j ai|ai que|laiss\w+|donn\w+|avez|avons|dispos\w+|repondre|reponse|reception|a compter"
    r"|a partir|rendre|renvoyer|recue?|eue|appel|contester)\b"
)
_ALONE = 4
"""Words of an answer that is a length and little else."""


class Period(NamedTuple):
    """A length and where the text says it; `unit` is "jours", "semaines" or "mois"."""

    start: int
    end: int
    many: int
    unit: str


def period_in(text: str) -> Period | None:
    """The length that a spoken text leaves to answer; None when it leaves none."""
    for found in _LENGTH.finditer(text):
        said = _SAYS.search(text) or len(text.split()) <= _ALONE
        if said and not _OTHER.search(text[: found.start()]):
            return Period(*found.span(), *_length(found))
    return None


def _length(found: re.Match[str]) -> tuple[int, str]:
    if found["some"]:
        return (HUITAINE if found["some"] == "huitaine" else QUINZAINE), "jours"
    if found["hours"]:
        return int(found["hours"]) // 24, "jours"
    if found["own"]:
        return 1, found["own"]
    return int(found["many"]) if found["many"].isdecimal() else 1, found["unit"]
