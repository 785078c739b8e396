"""Which commune a person means: six names of Brittany are borne by two communes, up to 200 km apart."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Protocol

from api.authorities.communes import Commune, Located, communes, distance_km, named
from api.core.folding import fold

ONE_PLACE_KM = 15.0
"""Closer namesakes are one place to look around: the search reaches 30 km anyway."""
AROUND_KM = 50.0
"""A namesake this close to where the person lives, or was already looking, is the one that they mean."""

DEPARTEMENTS = {"22": "Côtes-d'Armor", "29": "Finistère", "35": "Ille-et-Vilaine", "56": "Morbihan"}
_DEPARTEMENTS = {fold(name): code for code, name in DEPARTEMENTS.items()}
_NAMED = re.compile(rf"\b({'|'.join(_DEPARTEMENTS)})\b")
# "29", "29780"; not "290 euros", nor the "35" of "35 ans" or "35 h".
_NUMBERED = re.compile(r"\b((?:22|29|35|56)(?:\d{3})?)\b(?! (?:ans|h|heures|euros|eur|jours|€))")
# What says of a number that it is a département; "il me reste rien le 29" is a day.
_IN_DEPARTEMENT = re.compile(
    r"^(?:le |du |dans le |en )?(22|29|35|56)$"
    r"|\b(?:dans|sur|vers|cote|departement|dep|dept) (?:le |du |de )?(22|29|35|56)\b(?! (?:ans|h|heures|jours|euros|€))"
)
# La Poste: the only commune here with several codes for its people; the list has one a commune.
_OTHER_CODES = {"35000": "35238", "35200": "35238"}


@dataclass(frozen=True)
class Where:
    """What a message says of a place; all of it folded, all of it optional."""

    place: str | None = None
    """A commune's name, INSEE code or postal code."""
    hint: str | None = None
    """A département or postal code named beside or instead of a place (`clue`)."""
    near: str | None = None
    """INSEE code of where an identified person lives."""


class InTown(Located, Protocol):
    """Anything in a commune: a training session, a service."""

    @property
    def commune_insee(self) -> str: ...


def clue(folded: str) -> str | None:
    """The département ("29") or postal code ("29780") that a folded text names; None when it names none."""
    if found := _NAMED.search(folded):
        return _DEPARTEMENTS[found[1]]
    numbered = _NUMBERED.search(folded)
    return numbered[1] if numbered else None


def departement_in(folded: str) -> str | None:
    """The département ("29") that a folded text names for itself, as a place; None when it names none.

    Surer than `clue`, which reads "29" beside the name of a commune.
    """
    if found := _NAMED.search(folded):
        return _DEPARTEMENTS[found[1]]
    numbered = _IN_DEPARTEMENT.search(folded)
    return (numbered[1] or numbered[2]) if numbered else None


def candidates(place: str) -> list[Commune]:
    """The communes that a folded name, an INSEE code or a postal code may mean, most populous first."""
    if place in communes():
        return [communes()[place]]
    return of_postal_code(place) or named(place)


def of_postal_code(code: str) -> list[Commune]:
    """The most populous commune of a postal code; empty when it is none.

    People write postal codes: 22300 is Lannion to them, and the INSEE code of Saint-Hervé.
    """
    if code in _OTHER_CODES:
        return [communes()[_OTHER_CODES[code]]]
    found = [commune for commune in communes().values() if commune.postal_code == code]
    return [max(found, key=lambda commune: commune.population)] if found else []


def meant(found: Sequence[Commune], hint: str | None, around: Iterable[Commune]) -> Commune | None:
    """The one of these communes that is meant; None when nothing tells, so that the person must.

    `hint` as from `clue()`; `around`: where the person lives, or was looking until now.
    """
    hinted = [commune for commune in found if hint and _fits(commune, hint)] or list(found)
    if all(distance_km(hinted[0], other) <= ONE_PLACE_KM for other in hinted):
        return hinted[0]
    pairs = ((distance_km(commune, known), commune) for known, commune in product(around, hinted))
    close = [(far, commune) for far, commune in pairs if far <= AROUND_KM]
    return min(close, key=lambda pair: (pair[0], pair[1].insee))[1] if close else None


def moved(where: Where, insee: str | None) -> tuple[str | None, list[Commune]]:
    """Where a search that stood at `insee` stands after a message, and the namesakes to choose from if it is not clear.

    Both empty: nobody has said where yet.
    """
    found = _named_in(where, insee)
    if not found:
        return insee or where.near, []
    known = [communes()[code] for code in (insee, where.near) if code in communes()]
    commune = meant(found, where.hint, known)
    # The largest stands until the person chooses: a bare "dans le Finistère" then moves to its namesake.
    return (commune or found[0]).insee, ([] if commune else found)


def namesakes(commune: Commune) -> list[Commune]:
    """The communes of this one's name, itself among them."""
    return named(fold(commune.name))


def as_told(commune: Commune) -> str:
    """ "Plouhinec (29)": what tells namesakes apart, and what the person may type back."""
    return f"{commune.name} ({commune.departement})"


def town(of: InTown) -> str:
    """The commune's name. Feeds carry codes of communes that have merged since: then the nearest centre's."""
    return _commune(of).name


def departement(of: InTown) -> str:
    """ "Finistère": what tells namesakes apart for whoever is not from here."""
    return DEPARTEMENTS[_commune(of).departement]


def _commune(of: InTown) -> Commune:
    known = communes().get(of.commune_insee)
    return known or min(communes().values(), key=lambda commune: distance_km(commune, of))


def _named_in(where: Where, insee: str | None) -> list[Commune]:
    if where.place:
        return candidates(where.place)
    if where.hint and len(where.hint) == 5:
        return of_postal_code(where.hint)
    if where.hint and insee:
        return namesakes(communes()[insee])
    return []


def _fits(commune: Commune, hint: str) -> bool:
    return commune.postal_code == hint if len(hint) == 5 else commune.departement == hint
