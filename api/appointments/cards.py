"""What was said of appointments, as cards: the facts of those sentences, and no others."""

from collections.abc import Sequence
from typing import Any

from api.texts.schemas import Saying

KIND = "appointment"
STANDING = frozenset(
    {
        "appointment_next",
        "appointment_today",
        "book_already",
        "book_done",
        "cancel_kept",
        "confirm_done",
        "missed_next",
        "move_done",
        "undo_done",
        "visit_booked",
        "visit_moved",
    }
)
"""Texts by which somebody knows of an appointment to come to."""
OFF = frozenset({"appointment_cancelled_by_service", "appointment_cancelled_by_you", "cancel_done", "visit_cancelled"})
"""Texts by which they know of one that does not take place."""
LATER = "appointment_later"
AT_OFFICE = "appointment_at_office"
ELSEWHERE = {
    "appointment_at_home": "Chez vous",
    "appointment_by_phone": "Par téléphone",
    "appointment_by_video": "En visio",
}
INSTANT = ("id", "title", "starts_at", "ends_at", "phone")

Card = dict[str, Any]
"""`{kind, id, title, starts_at, ends_at, place, address, phone, cancelled}`, each only if it was said."""


def cards(sayings: Sequence[Saying]) -> list[Card]:
    """One for each appointment that was told, in that order; its place, if the place was."""
    made: list[Card] = []
    coming: Card = {}
    for saying in sayings:
        if saying.name in STANDING:
            coming = _card(saying.facts)
            made.append(coming)
        elif saying.name in OFF:
            made.append(_card(saying.facts) | {"cancelled": True})
        elif saying.name == LATER:
            made += [_card(one) for one in saying.facts["later"]]
        else:
            coming |= _where(saying)
    # A turn that was open while we were upgraded has facts from before: they said neither which one, nor until when.
    return [card for card in made if {"id", "ends_at"} <= card.keys()]


def _card(facts: dict[str, Any]) -> Card:
    return {"kind": KIND} | {name: facts[name] for name in INSTANT if facts.get(name)}


def _where(saying: Saying) -> Card:
    if saying.name == AT_OFFICE:
        named = {"place": saying.facts["place_name"], "address": saying.facts["address"]}
        return {name: told for name, told in named.items() if told}
    return {"place": ELSEWHERE[saying.name]} if saying.name in ELSEWHERE else {}
