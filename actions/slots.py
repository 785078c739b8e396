"""Which search "d'autres ?" and "plutôt à Quimper" go on with: the one begun last, by its id and nothing else."""

from typing import Any
from uuid import UUID

from actions.acting import Answer
from api.conversations.searches import Found

TRAINING, SUPPORT = "training_search", "support_search"
"""Slots of Rasa; at most one of them is set."""


def open_search(tracker: Any, slot: str) -> UUID | None:
    """The search of this kind that is in hand."""
    known = tracker.slots.get(slot)
    try:
        return UUID(known) if known else None
    except ValueError:
        return None


def found_answer(slot: str, found: Found) -> Answer:
    """What was found; this search is in hand from now on, and the other kind is not."""
    return Answer(found.sayings, {TRAINING: None, SUPPORT: None} | {slot: str(found.search_id)})
