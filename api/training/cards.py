"""What was said of courses, as cards: the facts of those sentences, and no others."""

from collections.abc import Sequence
from typing import Any

from api.texts.schemas import Saying

KIND = "training"
TOLD = frozenset({"training_detail", "training_item"})
"""Texts that tell of one course."""
FACTS = (
    *("title", "provider", "town", "departement", "starts_on", "ends_on", "permanent"),
    *("pace", "hours", "cost_cents", "provider_phone"),
)

Card = dict[str, Any]
"""`{kind}`, and those of FACTS that were said."""


def cards(sayings: Sequence[Saying]) -> list[Card]:
    """One for each course, in the order in which they were told."""
    return [_card(saying.facts) for saying in sayings if saying.name in TOLD]


def _card(facts: dict[str, Any]) -> Card:
    return {"kind": KIND} | {name: facts[name] for name in FACTS if facts.get(name) is not None}
