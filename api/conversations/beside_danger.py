"""What else a message asks that tells of no roof or no food: "plus rien à manger, et c'est quand le RSA ?".

Whoever wants to die or is beaten is given the number and nothing beside it. Whoever was given it by our last message,
and asks something, is answered that too: the same number alone, a second and a third time, was no answer to "c'est un
jugement d'expulsion, je fais quoi avec le papier".
"""

from api.conversations.denying import raised, without_denial
from api.conversations.meanings import URGENT, titles
from api.conversations.opening import OpenTurn
from api.conversations.pressing import Pressing, pressing
from api.conversations.seams import LEAST_WORDS, asks_something, cuts, wants_something
from api.conversations.urgent import Urgency, suspect, told_by_words
from api.knowledge.narrower import narrowly_asked

WITH_OTHERS = frozenset({Urgency.shelter, Urgency.food})
"""Needs of the day, which are often told with the question that would end them."""
AFTER_DEATH = "after_death"
"""The text on what heirs owe."""


def other_request(turn: OpenTurn, danger: Pressing) -> str | None:
    """The last question of the message that tells of no danger, normalised; None where there is none.

    Not of a message that was tried before: an alarm waits for nothing twice.
    """
    if turn.attempts > 1 or turn.limit or turn.foreign:
        return None
    if _asks_again(turn, danger):
        # "Non pas ce soir. C'est un jugement d'expulsion, je fais quoi avec le papier": the rest is the question.
        return without_denial(turn.masked) or None
    if _asks_of_their_death(turn, danger):
        return turn.masked
    if danger.kind not in WITH_OTHERS:
        return None
    asked = [piece for piece in cuts(turn.masked) if wants_something(piece) and _is_calm(piece)]
    return asked[-1] if asked else None


def may_stand_beside(intent: str) -> bool:
    """Whether an answer to this intent says something to whoever was given a number: no danger again, no small talk."""
    return intent in titles() and not intent.startswith(URGENT)


def _asks_again(turn: OpenTurn, danger: Pressing) -> bool:
    """Nothing is explained to who says by plain words that they want to die."""
    plain = danger.kind is Urgency.distress and danger.kind in told_by_words(turn.text)
    return danger.kind in raised(turn) and not plain and asks_something(turn.text)


def _asks_of_their_death(turn: OpenTurn, danger: Pressing) -> bool:
    """ "Mes enfants devront rembourser le RSA à ma mort ?" weighs as much as what it may hide: both are answered."""
    found = narrowly_asked(turn.masked) if danger.kind is Urgency.distress else None
    return found is not None and found.says == AFTER_DEATH


def _is_calm(piece: str) -> bool:
    """And long enough to ask something by itself: "je fais comment" leans on the danger."""
    return len(piece.split()) > LEAST_WORDS + 1 and pressing(piece) is None and suspect(piece) is None
