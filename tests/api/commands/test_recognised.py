"""`hent entities` says what the conversation would make of the names that the model found."""

from datetime import datetime
from typing import Any

import pytest

from api.commands.recognised import found_in
from api.core.clock import PARIS

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=PARIS)


def parsed(**names: str) -> dict[str, Any]:
    return {"entities": [{"entity": kind, "value": value} for kind, value in names.items()]}


@pytest.mark.parametrize(
    ("text", "names", "insee"),
    [
        ("Plouhinec dans le 29", {"place": "plouhinec"}, "29197"),
        ("Plouhinec 56680", {"place": "plouhinec"}, "56169"),
        ("j'habite dans le 29600", {}, "29151"),
        ("35200", {}, "35238"),
        ("dans le Finistère", {}, "29"),
        ("le 29", {}, "29"),
        ("il me reste rien le 29", {}, None),
        ("bonjour", {}, None),
    ],
)
def test_a_place_is_a_commune_or_else_a_departement(text: str, names: dict[str, str], insee: str | None) -> None:
    place = found_in(text, parsed(**names), NOW)["place"]
    assert (place and place["insee"]) == insee


def test_of_several_names_the_last_counts() -> None:
    both = {"entities": [{"entity": "place", "value": name} for name in ("brest", "quimper")]}
    assert found_in("Brest ou Quimper", both, NOW)["place"] == {"name": "Quimper", "insee": "29232"}


def test_everything_that_a_text_names_is_told() -> None:
    text = "demain, soudeur à Brest, entre 500 et 600 euros"
    assert found_in(text, parsed(trade="soudeur", place="brest"), NOW) == {
        "place": {"name": "Brest", "insee": "29019"},
        "trade": "soudure",
        "date": "2026-11-26",
        "amount": {"from": 500.0, "to": 600.0},
    }
