"""What the server may ask: anything else is refused before Rasa sees it."""

from __future__ import annotations

from typing import Any

import pytest

from hent_bot.errors import InvalidRequest, SlashRefused
from hent_bot.requests import MAX_TEXT, Bars, NamedIntent, read_turn

CONVERSATION = "5b0d9fd5-90a7-4b7e-9e3c-0d2b6a1f0c11"
TURN = "7d1f6d0e-4a55-4e34-8a44-0f5b1c2d3e4f"
GOOD = {"conversation": CONVERSATION, "turn": TURN, "fence": 3, "fresh": True, "text": "bonjour", "intent": None}


def test_a_complete_request_is_read_as_it_is() -> None:
    asked = read_turn(GOOD)
    assert (asked.conversation, asked.turn, asked.fence, asked.fresh) == (CONVERSATION, TURN, 3, True)
    assert (asked.text, asked.intent) == ("bonjour", None)


def test_a_session_is_not_renewed_unless_asked() -> None:
    assert read_turn({key: value for key, value in GOOD.items() if key != "fresh"}).fresh is False


def test_a_named_intent_needs_no_text() -> None:
    asked = read_turn({**GOOD, "text": "", "intent": {"name": "search_training", "entities": {"place": "brest"}}})
    assert asked.intent is not None
    assert (asked.intent.name, asked.intent.entities) == ("search_training", {"place": "brest"})


@pytest.mark.parametrize("text", ["/restart", "  /greet", '\t/inform{"place": "brest"}'])
def test_a_text_that_rasa_would_take_for_an_intent_is_refused(text: str) -> None:
    with pytest.raises(SlashRefused):
        read_turn({**GOOD, "text": text})


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"conversation": "somebody"}, id="conversation is not a UUID"),
        pytest.param({"conversation": None}, id="no conversation"),
        pytest.param({"turn": 12}, id="turn is a number"),
        pytest.param({"fence": "3"}, id="fence is a text"),
        pytest.param({"fence": True}, id="fence is a truth value"),
        pytest.param({"fresh": 1}, id="fresh is a number"),
        pytest.param({"text": None}, id="no text"),
        pytest.param({"text": ""}, id="neither text nor intent"),
        pytest.param({"text": "a" * (MAX_TEXT + 1)}, id="text too long"),
        pytest.param({"intent": "greet"}, id="intent is a text"),
        pytest.param({"intent": {"name": None}}, id="intent without a name"),
        pytest.param({"intent": {"name": "greet", "entities": ["brest"]}}, id="entities are a list"),
    ],
)
def test_a_request_of_another_shape_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(InvalidRequest):
        read_turn({**GOOD, **changed})


HEARING = {
    "bars": {
        "answer": 0.5,
        "expected": 0.15,
        "clear": 0.7,
        "sure_of_one": 0.95,
        "each_of_two": 0.55,
        "two_likeliest": 0.3,
    },
    "expected": {"inform": None, "affirm": {"name": "request_human", "entities": {"answer": "yes"}}},
    "pieces": ["bonjour", "merci"],
    "only": None,
}


def test_what_the_server_knows_of_a_text_is_read() -> None:
    hearing = read_turn({**GOOD, "hearing": HEARING}).hearing
    assert (hearing.bars, hearing.pieces) == (Bars(0.5, 0.15, 0.7, 0.95, 0.55, 0.3), ("bonjour", "merci"))
    assert hearing.expected == {"inform": None, "affirm": NamedIntent("request_human", {"answer": "yes"})}


@pytest.mark.parametrize(
    "change",
    [{"bars": {"answer": 0.5}}, {"bars": None}, {"expected": []}, {"expected": {"affirm": 3}}, {"pieces": [3]}],
)
def test_a_hearing_of_another_shape_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(InvalidRequest):
        read_turn({**GOOD, "hearing": {**HEARING, **change}})


def test_no_piece_is_a_command() -> None:
    with pytest.raises(SlashRefused):
        read_turn({**GOOD, "hearing": {**HEARING, "pieces": ["/restart"]}})
