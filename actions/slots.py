"""Which search "d'autres ?" and "plutôt à Quimper" go on with: the one begun last, by its id and nothing else."""

from typing import Any
from uuid import UUID

from actions.acting import Answer, HentAction, id_of
from actions.speaker import Speaker
from api.conversations.searches import Found, Occasion

TRAINING, SUPPORT = "training_search", "support_search"
"""Slots of Rasa; at most one of them is set."""


def open_search(tracker: Any, slot: str) -> UUID | None:
    """The search of this kind that is in hand."""
    return id_of(tracker.slots.get(slot))


def occasion(action: HentAction, speaker: Speaker, tracker: Any, slot: str) -> Occasion:
    """This action, in its turn, after a search of the other kind than `slot` if one was in hand."""
    before = open_search(tracker, SUPPORT if slot == TRAINING else TRAINING)
    return Occasion(speaker.conversation_id, speaker.turn_id, action.called, before=before)


def found_answer(slot: str, found: Found) -> Answer:
    """What was found; this search is in hand from now on, and the other kind is not."""
    return Answer(found.sayings, {TRAINING: None, SUPPORT: None} | {slot: str(found.search_id)})
