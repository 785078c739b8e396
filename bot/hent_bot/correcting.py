"""What a message takes back: "pas soudeur, boulanger" and "boulanger, pas soudeur" both name the baker."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

# Before what is taken back; "pourquoi pas" proposes it, "pas loin de" names it; "plutôt qu'à Vannes" as well.
_NOT = re.compile(
    r"(?:(?<!pourquoi )\bpas|\bplutot qu?e?|\bau lieu|\ba la place)"
    r"(?: (?:a|au|aux|en|de|d|du|dans|sur|vers|le|la|les|l|un|une|pour|celui|celle))* $"
)


def corrected(parse_data: dict[str, Any]) -> dict[str, Any]:
    """Rasa's parse data without the places and trades that its folded text takes back for another of their kind."""
    entities, text = parse_data["entities"], parse_data["text"]
    taken_back = [one for one in entities if _NOT.search(text[: one["start"]])]
    kept = [one for one in entities if one not in taken_back or not _another(one, entities, taken_back)]
    return {**parse_data, "entities": kept}


def _another(one: dict[str, Any], entities: Sequence[dict[str, Any]], taken_back: Sequence[dict[str, Any]]) -> bool:
    return any(other["entity"] == one["entity"] and other not in taken_back for other in entities)
