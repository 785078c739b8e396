"""Messages that cannot wait, recognised without Rasa: danger to life, violence, no roof tonight, nothing to eat.

Patterns name what is said (signs.py); weights learnt from lists say whether it is meant, and hear what no pattern names
(weighing.py). Why both: docs/decisions/0024-urgent-weights.md.
"""

from api.conversations.seams import pieces
from api.conversations.urgent.features import observe
from api.conversations.urgent.kinds import FOLDER, Urgency
from api.conversations.urgent.signs import heard_as
from api.conversations.urgent.weighing import THRESHOLD_OF_A_PIECE, shipped

__all__ = ["FOLDER", "Urgency", "recognise", "suspect"]


def recognise(text: str) -> Urgency | None:
    """The most pressing urgency that the text tells, in any spelling, or a piece of it; None for all other messages."""
    weights = shipped()
    whole = weights.judge(observe(heard_as(text)))
    if whole:
        return whole
    told = {weights.judge(observe(heard_as(piece)), THRESHOLD_OF_A_PIECE) for piece in pieces(text)}
    return next((kind for kind in Urgency if kind in told), None)


def suspect(text: str) -> Urgency | None:
    """What the text may tell without weighing enough to raise an alarm; None for all other messages."""
    return shipped().suspect(observe(heard_as(text)))
