"""What words alone tell, without Rasa: a word's meaning, where the service is, one thing within a topic."""

from collections.abc import Sequence
from typing import NamedTuple

from api.authorities import offices
from api.authorities.naming import commune_in
from api.conversations.following import COURSES
from api.conversations.meanings import narrower_titles
from api.conversations.narrowing import narrowed
from api.conversations.opening import OpenTurn
from api.conversations.questions import OpenQuestion
from api.conversations.seams import only_explains, pieces
from api.core.clock import today
from api.core.normaliser import normalise
from api.knowledge.lexicon import only_asides, word_asked
from api.knowledge.narrower import Narrower, narrowly_asked
from api.knowledge.plain import asks
from api.privacy.audience import Audience
from api.privacy.disclosure import permitted
from api.training.refining import refinement
from api.training.trades import named_in

OFFICE, BONUS = "ask_help", "rsa_payment_date"
"""Intents of the contract in which these are answered; both say the same to everybody."""
ASKED_OF_LEARNERS = frozenset({"francais", "remise_niveau"})
"""Trades that are also asked of whoever comes: French, reading."""
OWN_PLACE = "ask_appointment_place"
SILENT, SHORTER = "caseworker_silent", "course_shorter"
NO_QUESTION = OpenQuestion()


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
        return _leaning(turn)
    return _told(turn.masked, turn.audience, turn.question) or meant(turn)


def precisely(turn: OpenTurn) -> Told | None:
    """The narrower answer that was chosen of what we asked back; None for one that we have no more."""
    payload = turn.payload or {}
    return Told(payload["intent"], payload["says"]) if payload.get("says") in narrower_titles() else None


def meant(turn: OpenTurn, *, unclear: bool = False) -> Told | None:
    """The narrower answer that a turn asks for by what it means, when no word of it tells.

    `unclear`: nothing else was understood, and less is enough.
    """
    asked = bool(turn.question.expected)
    narrow = narrowed(turn.masked, turn.question.says, unclear=unclear, asked=asked)
    if narrow is None or _is_rather_for_rasa(narrow, turn):
        return None
    return Told(narrow.intent, narrow.says)


def _is_rather_for_rasa(narrow: Narrower, turn: OpenTurn) -> bool:
    """Whether the words change what is looked for ("je n'ai pas de diplôme"), or ask of a file that may be told."""
    if not _may_be(narrow, turn.masked, turn.audience, turn.question):
        return True
    if narrow.about == COURSES:
        return bool(refinement(normalise(turn.masked), today()))
    return narrow.after.isdisjoint(turn.question.says) and bool(permitted(narrow.intent, turn.audience))


def both(turn: OpenTurn) -> tuple[Told, Told] | None:
    """Two short questions on what we showed, and nothing else: "c'est loin ? ya un bus ?"."""
    match [] if turn.payload else _leaning_pieces(turn):
        case [Told() as first, Told() as second] if first != second:
            return first, second
    return None


def _leaning(turn: OpenTurn) -> Told | None:
    """One question cut in two: both halves ask it ("c à quelle date, ça commence quand"), or only the whole does.

    "Je cherche un logement. C'est cher ?" is not of what we showed: its second half leans on its first.
    """
    told = _leaning_pieces(turn)
    if any(told):
        return told[0] if len(set(told)) == 1 or _only_explained(turn, told) else None
    return _on_what_was_shown(turn.masked, turn)


def _only_explained(turn: OpenTurn, told: Sequence[Told | None]) -> bool:
    """Whether what follows the question says why it is asked: "une aide pour le permis ? j'ai 37 ans".

    "Je n'ai pas de diplôme" changes the search as well.
    """
    _, *rest = _requests(turn)
    explains = all(only_explains(piece) and not refinement(piece, today()) for piece in rest)
    return explains and not any(told[1:]) and _on_what_was_shown(turn.masked, turn) == told[0]


def _leaning_pieces(turn: OpenTurn) -> list[Told | None]:
    return [_on_what_was_shown(piece, turn) for piece in _requests(turn)]


def _on_what_was_shown(text: str, turn: OpenTurn) -> Told | None:
    narrow = narrowly_asked(text, turn.question.says)
    return _told(text, turn.audience, turn.question) if narrow and narrow.about else None


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


def _told(text: str, audience: Audience, last: OpenQuestion = NO_QUESTION) -> Told | None:
    word = word_asked(text)
    if word:
        return Told(word.intent, word.text)
    narrow = narrowly_asked(text, last.says)
    if narrow and _may_be(narrow, text, audience, last):
        return Told(narrow.intent, narrow.says)
    if asks("christmas_bonus", text):
        return Told(BONUS, "christmas_bonus")
    return Told(OFFICE, offices.ASKED) if _asks_for_an_office(text, audience) else None


def _may_be(narrow: Narrower, text: str, audience: Audience, last: OpenQuestion) -> bool:
    """Whether no action of Rasa's knows more."""
    if narrow.about == COURSES and _names_another_course(text, last):
        return False
    # "Plus court, à Quimper" looks there.
    return not (narrow.says == SHORTER and commune_in(text)) and not _knows_more(narrow, audience)


def _knows_more(narrow: Narrower, audience: Audience) -> bool:
    """Whether Rasa's action knows of their own caseworker: away until when, and who stands in."""
    return narrow.says == SILENT and bool(permitted(OWN_PLACE, audience))


def _names_another_course(text: str, last: OpenQuestion) -> bool:
    # "Faut quel diplôme pour aide-soignant ?" after courses in welding: Rasa's action knows which were shown. "La
    # formation cuisine, il faut parler français ?" after cooking is about that one: French courses were looked for.
    shown = {trade.code for trade in named_in(normalise(last.text), things=True)}
    return any(trade.code not in ASKED_OF_LEARNERS | shown for trade in named_in(normalise(text)))


def _asks_for_an_office(text: str, audience: Audience) -> bool:
    if asks("office_hours", text) or asks("office_open", text):
        return True
    # "Vous êtes où ?" of somebody who has an appointment asks for its place.
    return asks("office_place", text) and (offices.names_one(text) or not permitted(OWN_PLACE, audience))
