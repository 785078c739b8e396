"""The commune that somebody names in a sentence: "j'habite à Morlaix", "29600", or the name alone."""

from collections.abc import Iterator

from api.authorities.communes import Commune
from api.authorities.places import candidates, clue, meant
from api.core.folding import words

BEFORE = frozenset({"a", "habite", "sur", "vers", "commune", "ville", "mairie", "de", "d"})
"""Words after which a name is a place; at the beginning of a message, it needs none."""
LONGEST = 7
"""Words of the longest names ("Saint-Jean-sur-Vilaine" has four)."""


def commune_in(text: str) -> Commune | None:
    """The commune that a text names, whatever its spelling; None when it names none, or one of two far apart."""
    said = words(text)
    hint = clue(" ".join(said))
    found = next((some for name in _names(said) if (some := candidates(name))), [])
    if not found and hint and len(hint) == 5:
        found = candidates(hint)
    return meant(found, hint, ()) if found else None


def _names(said: list[str]) -> Iterator[str]:
    """What may be a name, the longest first from each place where one may begin."""
    for at in [0, *(at + 1 for at, word in enumerate(said) if word in BEFORE)]:
        for length in range(min(LONGEST, len(said) - at), 0, -1):
            yield " ".join(said[at : at + length])
