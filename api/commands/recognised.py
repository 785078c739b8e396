"""Places, trades, dates and sums of a text, resolved as the conversation resolves them."""

from datetime import datetime
from typing import Any

from api.authorities.communes import communes
from api.authorities.places import DEPARTEMENTS, Where, clue, departement_in, moved
from api.core.amounts import amounts_in
from api.core.dates import read
from api.core.normaliser import normalise
from api.training.trades import trade_named


def found_in(text: str, parsed: dict[str, Any], now: datetime) -> dict[str, Any]:
    """What a text as written names, each None when it names none: {place: {name, insee}, trade: code,
    date: "2026-11-26" or "T17:00", amount: {from, to} in euros}. A département is a place when no commune is named.

    `parsed`: what the model found in it, {entities: [{entity, value}]}.
    """
    trade = _last(parsed, "trade")
    known = trade_named(trade) if trade else None
    amounts = amounts_in(text)
    return {
        "place": _place(normalise(text), _last(parsed, "place")),
        "trade": known.code if known else None,
        "date": read(text, now).iso,
        "amount": {"from": float(amounts[0].low), "to": float(amounts[0].high)} if amounts else None,
    }


def _place(said: str, name: str | None) -> dict[str, str] | None:
    insee, _ = moved(Where(place=name, hint=clue(said)), None)
    if insee:
        return {"name": communes()[insee].name, "insee": insee}
    departement = departement_in(said)
    return {"name": DEPARTEMENTS[departement], "insee": departement} if departement else None


def _last(parsed: dict[str, Any], kind: str) -> str | None:
    """Of several, the last counts: "pas Brest, Quimper"."""
    return next((one["value"] for one in reversed(parsed["entities"]) if one["entity"] == kind), None)
