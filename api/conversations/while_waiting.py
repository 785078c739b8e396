"""What a message means while somebody waits for a person of the service, and the assistant is silent."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Any

from api.authorities.communes import Commune
from api.authorities.naming import commune_in, home_in
from api.conversations.choosing import FILE
from api.core.documents import read_yaml
from api.core.folding import fold, words
from api.core.normaliser.sound import sound
from api.identity.reading import read_phone

INTENT = "waiting"
"""Of the buttons that are ours to answer here, not Rasa's."""
LONGEST_WISH = 6
"""Words: "je voudrais revenir à l'assistant"."""


class Meant(StrEnum):
    """What somebody who waits wants of us. Everything else is for the service, and kept."""

    back = "back"
    """To the assistant; the request stays."""
    withdraw = "withdraw"
    """To the assistant, without what was asked of the service."""
    ask = "ask"
    """The assistant, about what was just written; the request stays."""
    number = "number"
    """Here is where to reach me."""
    yes = "yes"
    """Tell me at the number of my file."""
    no = "no"
    place = "place"
    """Here is where I live."""
    kept = "kept"


def meant(text: str, payload: Mapping[str, Any] | None, *, place_asked: bool = False) -> Meant:
    """What this message means; `payload` is that of the choice that it makes, if it makes one of INTENT."""
    if payload and payload.get("intent") == INTENT:
        return Meant(payload["entities"]["answer"])
    if wants("withdraw", text):
        return Meant.withdraw
    if wants("back", text):
        return Meant.back
    if gives_number(text):
        return Meant.number
    return Meant.place if place_asked and place_told(text) else Meant.kept


def place_told(text: str) -> Commune | None:
    """The commune that answers where somebody lives: said so, alone, or in few words ("je l'ai déjà dit Ploërmel")."""
    said = words(text)
    if home_in(text) or len(said) > LONGEST_WISH:
        return home_in(text)
    ends = (home_in(" ".join(said[-length:])) for length in range(len(said), 0, -1))
    return commune_in(text) or next((found for found in ends if found), None)


def wants_out(text: str) -> bool:
    """Whether these words end the wait, whatever becomes of the request."""
    return wants("withdraw", text) or wants("back", text)


def wants(what: str, text: str) -> bool:
    """Whether these words ask for that ("back", "withdraw"), however they are spelt, and say nothing else."""
    said = words(text)
    asking = [word for word in said if sound(word) in _heard(what)]
    others = [word for word in said if word not in asking and sound(word) not in _heard("back")]
    return bool(asking) and len(said) <= LONGEST_WISH and all(word in _words("back_around") for word in others)


def gives_number(text: str) -> bool:
    """Whether this is somebody's own number and nothing else: one that is told about may be of whom they fear."""
    commune = commune_in(text)
    around = _words("number_around") | set(words(commune.name) if commune else ()) | {"st"}
    others = [word for word in words(text) if not word.isdecimal()]
    return read_phone(text) is not None and all(word in around for word in others)


@cache
def _heard(kind: str) -> frozenset[str]:
    return frozenset(map(sound, _words(kind)))


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(fold(str(word)) for word in read_yaml(FILE)[kind])
