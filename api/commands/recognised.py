"""Places and trades of a text, resolved as the training search resolves them."""

from typing import Any

from api.authorities.communes import named
from api.training.trades import trade_named


def found_in(parsed: dict[str, Any]) -> dict[str, Any]:
    """{place: {name, insee} | None, trade: code | None, date: None}; dates are not read yet."""
    place, trade = _value(parsed, "place"), _value(parsed, "trade")
    communes = named(place) if place else []
    known = trade_named(trade) if trade else None
    return {
        "place": {"name": communes[0].name, "insee": communes[0].insee} if communes else None,
        "trade": known.code if known else None,
        "date": None,
    }


def _value(parsed: dict[str, Any], kind: str) -> str | None:
    return next((entity["value"] for entity in parsed["entities"] if entity["entity"] == kind), None)
