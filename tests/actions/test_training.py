from typing import Any

import pytest

from actions.training import asked_in
from api.training.service import Asked


def heard(intent: str, text: str, **entities: list[str]) -> dict[str, Any]:
    """A parsed message; each entity stands in the text as it is."""
    found = [
        {"entity": kind, "value": value, "start": text.index(value), "end": text.index(value) + len(value)}
        for kind, values in entities.items()
        for value in values
    ]
    return {"intent": {"name": intent}, "text": text, "entities": found}


@pytest.mark.parametrize(
    ("rule", "message", "asked"),
    [
        (
            "a trade and a place",
            heard("search_training", "formation soudeur a brest", place=["brest"], trade=["soudeur"]),
            Asked(place="brest", trade="soudeur"),
        ),
        (
            "the last of two counts",
            heard("inform", "pas brest plutot quimper", place=["brest", "quimper"]),
            Asked(place="quimper"),
        ),
        (
            "no trade known: the words",
            heard("search_training", "formation de souffleur de verre a brest", place=["brest"]),
            Asked(place="brest", words="souffleur verre"),
        ),
        (
            "a place that refines brings no words",
            heard("inform", "quimper serait mieux", place=["quimper"]),
            Asked(place="quimper"),
        ),
        ("a subject alone", heard("inform", "souffleur de verre"), Asked(words="souffleur verre")),
        ("a département alone", heard("inform", "celui du finistere"), Asked(hint="29")),
        (
            "the next page somewhere else",
            heard("ask_more", "montre la suite a quimper", place=["quimper"]),
            Asked(place="quimper"),
        ),
        ("nothing at all", {"intent": {"name": "search_training"}, "text": None, "entities": None}, Asked()),
    ],
)
def test_a_message_says_what_it_asks_for(rule: str, message: dict[str, Any], asked: Asked) -> None:
    assert asked_in(message, None) == asked, rule


def test_where_the_person_lives_comes_along() -> None:
    assert asked_in(heard("inform", "soudeur", trade=["soudeur"]), "29019").near == "29019"
