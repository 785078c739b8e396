"""Messages that cannot wait, recognised without Rasa: danger to life, violence, no roof tonight, nothing to eat.

Patterns name what is said (signs.py); weights learnt from lists say whether it is meant, and hear what no pattern names
(weighing.py); a small model of French hears what no list says in those words (reading.py). Why all three:
docs/decisions/0024-urgent-weights.md and 0036-a-second-reader.md.
"""

import math

from api.conversations.urgent.judging import FAINT_PIECE, judge, piece_told, urgent_piece
from api.conversations.urgent.kinds import FOLDER, Urgency
from api.conversations.urgent.signs import heard_as, named, told

__all__ = [
    "FOLDER",
    "Urgency",
    "faintly_urgent",
    "get_ready",
    "nearly_urgent",
    "recognise",
    "suspect",
    "told_by_words",
]

_DOUBTFUL = "j'en ai marre de tout"
"""Weighs enough for both readers to be asked."""


def get_ready() -> None:
    """Read all that recognising reads once (half a second), so that nobody waits for it."""
    recognise(_DOUBTFUL)


def recognise(text: str) -> Urgency | None:
    """The most pressing urgency that the text tells, in any spelling, or a piece of it; None for all other messages."""
    whole = judge(text)
    return whole.kind if whole.urgent else urgent_piece(text, whole)


def suspect(text: str) -> Urgency | None:
    """What the text may tell without weighing enough to raise an alarm; None for all other messages."""
    whole = judge(text)
    if whole.urgent:
        return None
    return whole.kind if whole.doubtful else piece_told(text)


def nearly_urgent(text: str) -> Urgency | None:
    """What the text may tell, whatever else is understood in it."""
    whole = judge(text)
    return whole.kind if whole.near else None


def faintly_urgent(text: str) -> bool:
    """Whether the text may tell danger where nothing else is understood in it; the second reader is asked of any."""
    whole = judge(text, asked_above=-math.inf)
    return whole.faint or (not whole.urgent and piece_told(text, FAINT_PIECE) is not None)


def told_by_words(text: str) -> list[Urgency]:
    """The kinds that a pattern tells, without any doubt of the readers; the most pressing first."""
    said = heard_as(text)
    return told(said, named(said))
