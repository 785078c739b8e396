"""Places, trades and dates of a text, resolved as the conversation resolves them."""

from datetime import datetime
from typing import Any

from api.authorities.communes import named
from api.core.dates import read
from api.training.trades import trade_named


def found_in(text: str, parsed: dict[str, Any], now: datetime) -> dict[str, Any]:
    """{place: {name, insee} | None, trade: code | None, date: "2026-11-26" | "T17:00" | None} of a text as written."""
    place, trade = _value(parsed, "place"), _value(parsed, "trade")
    communes = named(place) if place else []
    known = trade_named(trade) if trade else None
    return {
        "place": {"name": communes[0].name, "insee": communes[0].insee} if communes else None,
        "trade": known.code if known else None,
        "date": read(text, now).iso,
    }


def _value(parsed: dict[str, Any], kind: str) -> str | None:
    return next((entity["value"] for entity in parsed["entities"] if entity["entity"] == kind), None)
