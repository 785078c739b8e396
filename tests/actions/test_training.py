from datetime import date
from typing import Any

import pytest

from actions.training import asked_in
from api.training.refining import Refinement, When
from api.training.service import Asked

TODAY = date(2026, 12, 1)


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
        (
            "a refinement brings no words, and its day is no département",
            heard("inform", "a partir du 22 mars sans diplome svp"),
            Asked(refinement=Refinement(date(2027, 3, 22), no_diploma=True)),
        ),
        (
            "a search that begins refined",
            heard("search_training", "formation de souffleur de verre a distance plus tard"),
            Asked(words="souffleur verre", refinement=Refinement(When.later, remote=True)),
        ),
        (
            "what a button takes back, whatever was typed for it",
            heard("inform", "1") | {"entities": [{"entity": "drop", "value": "date", "start": 0, "end": 0}]},
            Asked(refinement=Refinement(When.any)),
        ),
        (
            "what is learnt anew is no subject beside a trade",
            heard("search_training", "comptabilite remise a niveau", trade=["comptabilite", "remise a niveau"]),
            Asked(trade="comptabilite"),
        ),
        (
            "a thing by itself changes the trade, beside a place too",
            heard("inform", "et cuisine a quimper", place=["quimper"]),
            Asked(place="quimper", trade="cuisine"),
        ),
        (
            "a thing amid other words says where, and no trade",
            heard("inform", "a quimper mais loin de la cuisine centrale ou je travaillais", place=["quimper"]),
            Asked(place="quimper"),
        ),
        (
            "nor is a tool",
            heard("inform", "comptabilite sage ciel excel", trade=["comptabilite", "sage ciel", "excel"]),
            Asked(trade="sage ciel"),
        ),
        ("alone it is", heard("inform", "excel", trade=["excel"]), Asked(trade="excel")),
        (
            "what drops the search before names no subject",
            heard("search_training", "laisse tomber et des formations de souffleur de verre"),
            Asked(words="souffleur verre"),
        ),
        ("a subject alone", heard("inform", "souffleur de verre"), Asked(words="souffleur verre")),
        ("a département alone", heard("inform", "celui du finistere"), Asked(hint="29")),
        (
            "the next page somewhere else",
            heard("ask_more", "montre la suite a quimper", place=["quimper"]),
            Asked(place="quimper"),
        ),
        (
            "the title of a button is no subject",
            {
                "intent": {"name": "search_training"},
                "text": "formations pres de guingamp",
                "entities": [{"entity": "place", "value": "22070", "start": 0, "end": 0}],
            },
            Asked(place="22070"),
        ),
        ("nothing at all", {"intent": {"name": "search_training"}, "text": None, "entities": None}, Asked()),
    ],
)
def test_a_message_says_what_it_asks_for(rule: str, message: dict[str, Any], asked: Asked) -> None:
    assert asked_in(message, None, TODAY) == asked, rule


def test_where_the_person_lives_comes_along() -> None:
    assert asked_in(heard("inform", "soudeur", trade=["soudeur"]), "29019", TODAY).near == "29019"
