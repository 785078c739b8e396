"""What else a message asks that tells of no roof or no food: "plus rien à manger, et c'est quand le RSA ?".

Whoever wants to die or is beaten is given the number and nothing beside it.
"""

from api.conversations.opening import OpenTurn
from api.conversations.pressing import Pressing, pressing
from api.conversations.seams import LEAST_WORDS, cuts, wants_something
from api.conversations.urgent import Urgency, suspect

WITH_OTHERS = frozenset({Urgency.shelter, Urgency.food})
"""Needs of the day, which are often told with the question that would end them."""


def other_request(turn: OpenTurn, danger: Pressing) -> str | None:
    """The last question of the message that tells of no danger, normalised; None where there is none.

    Not of a message that was tried before: an alarm waits for nothing twice.
    """
    if danger.kind not in WITH_OTHERS or turn.attempts > 1 or turn.limit or turn.foreign:
        return None
    asked = [piece for piece in cuts(turn.masked) if wants_something(piece) and _is_calm(piece)]
    return asked[-1] if asked else None


def _is_calm(piece: str) -> bool:
    """And long enough to ask something by itself: "je fais comment" leans on the danger."""
    return len(piece.split()) > LEAST_WORDS + 1 and pressing(piece) is None and suspect(piece) is None
