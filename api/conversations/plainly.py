"""What words alone tell, without Rasa: a word's meaning, where the service is, one thing within a topic."""

from collections.abc import Sequence
from typing import NamedTuple

from api.authorities import offices
from api.conversations.opening import OpenTurn
from api.conversations.seams import pieces
from api.knowledge.lexicon import only_asides, word_asked
from api.knowledge.narrower import narrowly_asked
from api.knowledge.plain import asks
from api.privacy.audience import Audience
from api.privacy.disclosure import permitted

OFFICE, BONUS = "ask_help", "rsa_payment_date"
"""Intents of the contract in which these are answered; both say the same to everybody."""
OWN_PLACE = "ask_appointment_place"


class Told(NamedTuple):
    """An answer, and the intent that it belongs to."""

    intent: str
    says: str


class Beside(NamedTuple):
    """A plain question, and the one other request of its message."""

    told: Told
    other: str
    is_first: bool
    """Whether the plain one stands first."""


def plainly(turn: OpenTurn) -> Told | None:
    """What the words of a turn ask without a doubt; None for a button, and where Rasa must say what is meant."""
    if turn.payload:
        return None
    # What asks for a word's meaning and nothing else is one request, however it is cut.
    if not word_asked(turn.masked) and len(_requests(turn)) > 1:
        return None
    return _told(turn.masked, turn.audience, turn.question.says)


def beside(turn: OpenTurn) -> Beside | None:
    """The plain one of two requests of a message; None where there are not two, or neither is plain, or both are."""
    said = [] if turn.payload else _requests(turn)
    if len(said) != 2:
        return None
    first, second = (_told(piece, turn.audience) for piece in said)
    if first and not second:
        return Beside(first, said[1], is_first=True)
    return Beside(second, said[0], is_first=False) if second and not first else None


def _requests(turn: OpenTurn) -> list[str]:
    return [piece for piece in pieces(turn.masked) if not only_asides(piece)]


def _told(text: str, audience: Audience, last_said: Sequence[str] = ()) -> Told | None:
    word = word_asked(text)
    if word:
        return Told(word.intent, word.text)
    narrow = narrowly_asked(text, last_said)
    if narrow:
        return Told(narrow.intent, narrow.says)
    if asks("christmas_bonus", text):
        return Told(BONUS, "christmas_bonus")
    return Told(OFFICE, offices.ASKED) if _asks_for_an_office(text, audience) else None


def _asks_for_an_office(text: str, audience: Audience) -> bool:
    if asks("office_hours", text) or asks("office_open", text):
        return True
    # "Vous êtes où ?" of somebody who has an appointment asks for its place.
    return asks("office_place", text) and (offices.names_one(text) or not permitted(OWN_PLACE, audience))
