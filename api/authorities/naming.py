"""The commune that somebody names in a sentence: "j'habite à Morlaix", "29600", or the name alone."""

from collections.abc import Iterator
from itertools import dropwhile

from api.authorities.communes import Commune
from api.authorities.places import candidates, clue, meant, of_postal_code
from api.core.folding import words

BEFORE = frozenset({"a", "habite", "sur", "vers", "commune", "ville", "mairie", "de", "d", "cote", "secteur"})
"""Words after which a name is a place; at the beginning of a message, it needs none."""
HOME = frozenset({"domicile", "domicilie", "domiciliee", "heberge", "hebergee", "commune", "ville"})
LIVES = HOME | {"habite", "jabite", "habitons", "vis", "vivons", "loge", "reside", "demeure"}
"""Words that say that one lives at the place which follows."""
IS = frozenset({"suis", "sommes", "viens"})
"""The same when a place follows at once: "je suis à Brest", not "je suis en formation à Rennes"."""
SAID_BEFORE = BEFORE | {"bonjour", "bonsoir", "oui", "je", "j", "suis", "c", "est", "moi", "dans"}
DEPARTEMENTS = frozenset({"cotes", "d", "armor", "finistere", "ille", "et", "vilaine", "morbihan"})
SAID_AFTER = DEPARTEMENTS | {"dans", "le", "les", "en", "svp", "stp", "merci", "bonjour"}
"""What stands around the bare name of a place and adds nothing to it."""
LONGEST = 7
"""Words of the longest names ("Saint-Jean-sur-Vilaine" has four)."""


def commune_in(text: str) -> Commune | None:
    """The commune that a text names, whatever its spelling; None when it names none, or one of two far apart."""
    said = words(text)
    hint = clue(" ".join(said))
    found = next((some for name in _names(said) if (some := candidates(name))), [])
    if not found and hint and len(hint) == 5:
        found = of_postal_code(hint)
    return meant(found, hint, ()) if found else None


def home_in(text: str) -> Commune | None:
    """The commune in which somebody says that they live: after words that say so, or named with nothing else.

    "une formation à Rennes" and "mon rendez-vous à Vannes" say where something else is.
    """
    said = words(text)
    for at, word in enumerate(said, 1):
        lives = word in LIVES or (word in IS and not BEFORE.isdisjoint(said[at : at + 1]))
        found = commune_in(" ".join(_without_lead(said[at : at + LONGEST]))) if lives else None
        if found:
            return found
    alone = _without_lead(said)
    return commune_in(" ".join(alone)) if _is_bare(alone) else None


def _without_lead(said: list[str]) -> list[str]:
    return list(dropwhile(SAID_BEFORE.__contains__, said))


def _is_bare(alone: list[str]) -> bool:
    """Whether it is a place, and at most its département or its code after it."""
    tail = dropwhile(lambda word: word in SAID_AFTER or word.isdecimal(), reversed(alone))
    name = list(tail)[::-1]
    # "Saint-Jean-sur-Vilaine" ends as a département does; and a code may be all that is said.
    return not name or bool(candidates(" ".join(alone)) or candidates(" ".join(name)))


def _names(said: list[str]) -> Iterator[str]:
    """What may be a name, the longest first from each place where one may begin."""
    for at in [0, *(at + 1 for at, word in enumerate(said) if word in BEFORE)]:
        for length in range(min(LONGEST, len(said) - at), 0, -1):
            yield " ".join(said[at : at + length])
