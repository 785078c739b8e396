"""Which of the courses that were just shown a message means: "la deuxieme", "celle de Quimper", "la soudure"."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from api.authorities.places import candidates
from api.core.normaliser import normalise
from api.training.search import Offer
from api.training.starting import MONTHS, months_named
from api.training.tables import Entry
from api.training.wish import known_trade

# "la première fois", "le 2 mars", "les 3 mois" count something else.
_COUNTS = rf"(?! (?:fois|h|heures?|jours?|semaines?|mois|ans?|euros?|€|%|km|{'|'.join(MONTHS)})\b)"
_WORDS = ("1er|1ere|1re|premiere?", "2e|2eme|2nde?|deuxieme|seconde?", "3e|3eme|troisieme", "4e|4eme|quatrieme")
_NTH = tuple(re.compile(rf"\b(?:{words})\b{_COUNTS}") for words in _WORDS)
_LAST = re.compile(rf"\bderniere?\b{_COUNTS}")
_HOURS = re.compile(r"\b([1-9]\d{1,3}) ?(?:h|heures?)\b(?! (?:par|a la|/) ?(?:jour|semaine|mois))")
_NUMBER = re.compile(rf"\b(?:la|le|l|au|numero|n|no|nr|celle|formation|offre|choix|option) ([1-9])\b{_COUNTS}")


@dataclass(frozen=True)
class Pointing:
    """What a message says of one course among several; `text` is normalised, the rest folded."""

    text: str
    trade: str | None = None
    place: str | None = None


def named(shown: Sequence[Offer | None], said: Pointing) -> list[Offer | None]:
    """Those of the courses shown that the message may mean; empty when it names none of them.

    A number means what stands there, be it None: offered no more.
    """
    place = nth(said.text)
    if place is not None:
        return [shown[place]] if -1 <= place < len(shown) and shown else []
    found = [offer for offer in shown if offer]
    fitting = [[offer for offer in found if fits(offer)] for fits in _ways(said)]
    hits = [offers for offers in fitting if offers]
    return [offer for offer in found if all(offer in offers for offers in hits)] if hits else []


def nth(text: str) -> int | None:
    """The place, from 0, that a normalised text names; -1 is the last; None when it names none."""
    if _LAST.search(text):
        return -1
    word = next((place for place, written in enumerate(_NTH) if written.search(text)), None)
    number = _NUMBER.search(text)
    return word if word is not None or number is None else int(number[1]) - 1


def hours_in(text: str) -> int | None:
    """The hours of a whole course that a normalised text names: "700h", "1540 heures", not "35 h par semaine"."""
    found = _HOURS.search(text)
    return int(found[1]) if found else None


def _ways(said: Pointing) -> list[Callable[[Offer], bool]]:
    trade, months = known_trade(said.trade) if said.trade else None, months_named(said.text)
    insee = {commune.insee for commune in candidates(said.place)} if said.place else set()
    return [
        lambda offer: f" {normalise(offer.training.title)} " in f" {said.text} ",
        lambda offer: trade is not None and trade.code in offer.training.trades,
        lambda offer: offer.session.commune_insee in insee,
        lambda offer: _month(offer) in months,
    ]


def _month(offer: Offer) -> int | None:
    starts_on = offer.session.starts_on
    return starts_on.month if starts_on and offer.session.entry is Entry.fixed else None
