"""What was said of courses, as cards: the facts of those sentences, and no others."""

from collections.abc import Sequence
from typing import Any

from api.texts.schemas import Saying

KIND = "training"
FACTS = (
    *("title", "provider", "town", "departement", "starts_on", "ends_on", "permanent"),
    *("pace", "hours", "cost_cents", "provider_phone"),
)
TOLD = {"training_detail": FACTS, "training_item": tuple(fact for fact in FACTS if fact != "ends_on")}
"""Texts that tell of one course, and what they say of it; a list's facts are more than it says."""

Card = dict[str, Any]
"""`{kind}`, and those of FACTS that were said."""


def cards(sayings: Sequence[Saying]) -> list[Card]:
    """One for each course, in the order in which they were told."""
    return [_card(saying) for saying in sayings if saying.name in TOLD]


def _card(saying: Saying) -> Card:
    facts = saying.facts
    return {"kind": KIND} | {name: facts[name] for name in TOLD[saying.name] if facts.get(name) is not None}
