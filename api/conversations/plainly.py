"""What is answered by its words alone, without Rasa: what a word means, where the service is, the Christmas bonus."""

from typing import NamedTuple

from api.authorities import offices
from api.conversations.opening import OpenTurn
from api.conversations.seams import pieces
from api.knowledge.lexicon import only_asides, word_asked
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


def plainly(turn: OpenTurn) -> Told | None:
    """What the words of a turn ask without a doubt; None for a button, and where Rasa must say what is meant."""
    if turn.payload:
        return None
    word = word_asked(turn.masked)
    if word:
        return Told(word.intent, word.text)
    if len([piece for piece in pieces(turn.masked) if not only_asides(piece)]) > 1:
        # Two requests in one: each is understood by itself.
        return None
    if asks("christmas_bonus", turn.masked):
        return Told(BONUS, "christmas_bonus")
    return Told(OFFICE, offices.ASKED) if _asks_for_an_office(turn.masked, turn.audience) else None


def _asks_for_an_office(text: str, audience: Audience) -> bool:
    if asks("office_hours", text) or asks("office_open", text):
        return True
    # "Vous êtes où ?" of somebody who has an appointment asks for its place.
    return asks("office_place", text) and (offices.names_one(text) or not permitted(OWN_PLACE, audience))
