"""What may be urgent, and where that is written."""

from enum import StrEnum
from pathlib import Path

FOLDER = Path(__file__).parents[3] / "data" / "reference" / "urgent"


class Urgency(StrEnum):
    """In order: what threatens a life comes before a roof, a roof before a meal."""

    distress = "distress"
    violence = "violence"
    shelter = "shelter"
    food = "food"


URGENT = "urgent"
NAMES = (URGENT, *Urgency)
"""What the second reader tells of a message's urgency, in this order."""
