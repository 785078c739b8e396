"""What the server is told: names, never sentences."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from hent_bot.answers import RANKING_LENGTH, Says, named_parse_data, understood
from hent_bot.errors import NothingSaid
from hent_bot.requests import NamedIntent


def test_the_ranking_holds_the_likeliest_real_intents_when_nothing_was_understood() -> None:
    intents = [{"name": f"intent_{n}", "confidence": 0.1 - n / 100} for n in range(8)]
    fallback = {"name": "nlu_fallback", "confidence": 0.1}
    told = understood({"intent": fallback, "intent_ranking": [fallback, *intents], "entities": []})
    assert told["intent"]["name"] == "nlu_fallback"
    assert [one["name"] for one in told["ranking"]] == [f"intent_{n}" for n in range(RANKING_LENGTH)]


def test_an_entity_is_told_without_what_only_rasa_needs() -> None:
    entity = {"entity": "place", "value": "brest", "start": 2, "end": 7, "extractor": "GazetteerExtractor"}
    told = understood({"intent": {"name": "inform", "confidence": 0.9}, "entities": [entity]})
    assert told["entities"] == [{"entity": "place", "value": "brest", "start": 2, "end": 7}]


def test_an_intent_that_the_server_names_is_certain_and_keeps_its_entities() -> None:
    told = understood(named_parse_data("oui", NamedIntent("search_training", {"place": "brest"})))
    assert told["intent"] == {"name": "search_training", "confidence": 1.0}
    assert [(one["entity"], one["value"]) for one in told["entities"]] == [("place", "brest")]


def test_names_are_collected_in_order_with_their_drafts() -> None:
    says = Says()
    for custom in ({"say": "trainings", "draft": "d1"}, {"say": "ask_more"}):
        asyncio.run(says.send_response("somebody", {"custom": custom}))
    assert says.named == [{"say": "trainings", "draft": "d1"}, {"say": "ask_more"}]


@pytest.mark.parametrize("message", [{"text": "Bonjour"}, {"custom": {"draft": "d1"}}, {"custom": ["say"]}, {}])
def test_a_sentence_instead_of_a_name_fails_the_turn(message: dict[str, Any]) -> None:
    with pytest.raises(NothingSaid):
        asyncio.run(Says().send_response("somebody", message))
