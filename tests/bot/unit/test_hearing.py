"""What a text is taken for: three bands, what was asked before it, and two requests in one message."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from hent_bot.hearing import Heard, hear
from hent_bot.requests import Bars, Hearing, NamedIntent, TurnRequest

BARS = Bars(answer=0.5, expected=0.15, clear=0.7, sure_of_one=0.95, each_of_two=0.55, two_likeliest=0.3)
CANCEL = NamedIntent("cancel_appointment", {"answer": "yes"})


def heard(model: dict[str, list[tuple[str, float]]], text: str, **known: Any) -> list[Heard]:
    """What `text` is taken for, when the model ranks texts so; every text names "brest"."""

    async def parse(read: str) -> dict[str, Any]:
        ranking = [{"name": name, "confidence": sure} for name, sure in model[read]]
        place = {"entity": "place", "value": "brest", "start": 0, "end": 5}
        return {"text": read, "intent": ranking[0], "intent_ranking": ranking, "entities": [place]}

    intent = known.pop("intent", None)
    return asyncio.run(hear(parse, TurnRequest("c", "t", 1, False, text, intent, Hearing(BARS, **known))))


def intents(*args: Any, **known: Any) -> list[str]:
    return [one.intent for one in heard(*args, **known)]


@pytest.mark.parametrize(("sure", "intent"), [(0.5, "rsa_amount"), (0.49, "nlu_fallback")])
def test_what_is_sure_is_answered_and_nothing_else(sure: float, intent: str) -> None:
    [one] = heard({"combien": [("rsa_amount", sure), ("greet", 0.1)]}, "combien")
    assert (one.intent, one.parse_data["intent"]["confidence"]) == (intent, sure)


def test_the_fallback_of_the_pipeline_is_no_reading() -> None:
    assert intents({"combien": [("nlu_fallback", 0.7), ("rsa_amount", 0.6)]}, "combien") == ["rsa_amount"]


@pytest.mark.parametrize(
    ("ranking", "intent"),
    [
        ([("rsa_amount", 0.4), ("inform", 0.2)], "inform"),
        ([("rsa_amount", 0.6), ("inform", 0.2)], "inform"),
        ([("rsa_amount", 0.7), ("inform", 0.2)], "rsa_amount"),
        ([("rsa_amount", 0.4), ("inform", 0.1)], "nlu_fallback"),
        ([("emergency_food", 0.4), ("inform", 0.3)], "nlu_fallback"),
    ],
)
def test_what_answers_our_question_is_preferred_unless_something_else_is_clear(
    ranking: list[tuple[str, float]], intent: str
) -> None:
    assert intents({"le bois": ranking}, "le bois", expected={"inform": None}) == [intent]


@pytest.mark.parametrize(("sure", "intent"), [(0.5, "cancel_appointment"), (0.4, "nlu_fallback")])
def test_a_yes_is_the_button_that_it_answers_and_must_be_sure(sure: float, intent: str) -> None:
    [one] = heard({"carrement": [("affirm", sure)]}, "carrement", expected={"affirm": CANCEL})
    assert one.intent == intent
    assert ({"entity": "answer", "value": "yes", "start": 0, "end": 0} in one.parse_data["entities"]) == (sure >= 0.5)


def test_what_was_chosen_among_what_we_asked_back_keeps_the_place_of_the_words() -> None:
    [one] = heard({"brest": [("inform", 0.3)]}, "brest", intent=NamedIntent("search_training", {}, reads=True))
    assert one.intent == "search_training"
    assert [entity["value"] for entity in one.parse_data["entities"]] == ["brest"]


def test_a_button_reads_no_text() -> None:
    [one] = heard({}, "brest", intent=NamedIntent("search_training"))
    assert one.parse_data["entities"] == []


WHOLE = {"a b": [("rsa_amount", 0.6), ("ask_next_appointment", 0.3)]}


def two(first: tuple[str, float], second: tuple[str, float], **known: Any) -> list[str]:
    return intents({**WHOLE, "a": [first], "b": [second]}, "a b", pieces=("a", "b"), **known)


def test_two_sure_requests_are_two_in_their_order() -> None:
    assert two(("ask_next_appointment", 0.6), ("health_cover", 0.9)) == ["ask_next_appointment", "health_cover"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("ask_next_appointment", 0.6), ("ask_next_appointment", 0.9)),
        (("ask_next_appointment", 0.6), ("thank", 0.9)),
        (("inform", 0.9), ("health_cover", 0.9)),
        (("ask_next_appointment", 0.5), ("health_cover", 0.9)),
        (("stop_sms", 0.9), ("delete_data", 0.9)),
    ],
)
def test_the_same_twice_small_talk_or_a_doubt_is_one(first: tuple[str, float], second: tuple[str, float]) -> None:
    assert two(first, second) == ["rsa_amount"]


def test_a_message_that_is_plainly_one_request_is_not_even_cut() -> None:
    assert intents({"a b": [("rsa_amount", 0.95)]}, "a b", pieces=("a", "b")) == ["rsa_amount"]


def test_two_likely_ones_are_two_when_the_whole_means_both() -> None:
    assert two(("ask_next_appointment", 0.4), ("rsa_amount", 0.3)) == ["ask_next_appointment", "rsa_amount"]


def test_what_is_urgent_stays_alone() -> None:
    assert two(("rsa_amount", 0.9), ("emergency_food", 0.6)) == ["emergency_food"]


def test_what_is_still_to_be_answered_is_answered_alone() -> None:
    assert two(("rsa_amount", 0.9), ("ask_next_appointment", 0.9), only="rsa_amount") == ["rsa_amount"]
    assert two(("rsa_amount", 0.9), ("ask_next_appointment", 0.9), only="greet") == [
        "rsa_amount",
        "ask_next_appointment",
    ]


def test_an_answer_to_our_question_may_be_one_of_two() -> None:
    asked = {"affirm": CANCEL}
    assert two(("affirm", 0.9), ("health_cover", 0.9), expected=asked) == ["cancel_appointment", "health_cover"]


def test_a_piece_that_asks_nothing_goes_with_the_one_before() -> None:
    model = {
        "a b c": [("rsa_amount", 0.6)],
        "a": [("rsa_amount", 0.9)],
        "b": [("greet", 0.2)],
        "c": [("health_cover", 0.9)],
        "a b": [("rsa_amount", 0.8)],
    }
    assert [one.text for one in heard(model, "a b c", pieces=("a", "b", "c"))] == ["a b", "c"]


def test_three_requests_are_read_as_one() -> None:
    model = {
        "a b c": [("rsa_amount", 0.6)],
        "a": [("rsa_amount", 0.9)],
        "b": [("search_job", 0.9)],
        "c": [("health_cover", 0.9)],
    }
    assert intents(model, "a b c", pieces=("a", "b", "c")) == ["rsa_amount"]
