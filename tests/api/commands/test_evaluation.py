"""The measure of understanding: what each figure counts."""

import xml.etree.ElementTree as ET
from typing import Any

import pytest

from api.commands.evaluation import Sentence, evaluate, macro_f1, paired, report, worst
from api.commands.pictures import confusion_picture
from api.conversations.bands import bands

SURE, LIKELY, LOST = bands().answer, bands().ask_back, bands().ask_back - 0.01


def parsed(intent: str, confidence: float) -> dict[str, object]:
    return {"intent": {"name": intent}, "ranking": [{"name": intent, "confidence": confidence}], "entities": []}


SENTENCES = [
    Sentence("greet", "careful", "Bonjour à vous"),
    Sentence("greet", "sms", "bjr"),
    Sentence("thank", "sms", "mrc"),
    Sentence("emergency_distress", "plain", "je veux mourir"),
    Sentence("out_of_scope", "plain", "quel temps fait-il"),
    Sentence("out_of_scope", "plain", "une pizza"),
    Sentence("out_of_scope", "sms", "mon chien"),
]
PARSED = [
    parsed("greet", LIKELY),
    parsed("greet", LOST),
    parsed("greet", SURE),
    parsed("greet", LOST),
    parsed("out_of_scope", SURE),
    parsed("greet", LIKELY),
    parsed("greet", SURE),
]


@pytest.fixture
def measured() -> dict[str, Any]:
    return evaluate(paired(SENTENCES, PARSED))


def test_accuracy_is_that_of_the_first_intent_whatever_the_bands(measured: dict[str, Any]) -> None:
    assert measured["accuracy"] == {"careful": 1.0, "sms": 0.5, "plain": 1.0}
    assert measured["confusions"] == [["thank", "greet", 1]]


def test_shares_are_of_what_would_be_said_to_those_in_scope(measured: dict[str, Any]) -> None:
    assert measured["shares"] == {"answered": 0.5, "asked_back": 0.25, "not_understood": 0.25}
    assert measured["wrong_of_answered"] == 0.5
    assert measured["registers"]["sms"] == {"answered": 0.5, "wrong_of_answered": 1.0}


def test_out_of_scope_is_refused_when_known_for_it_or_not_answered(measured: dict[str, Any]) -> None:
    assert measured["refused"] == 2 / 3
    assert evaluate(paired(SENTENCES[:4], PARSED[:4]))["refused"] is None


def test_the_surest_mistake_is_the_worst() -> None:
    mistakes = [Sentence("thank", "sms", "mrc"), Sentence("thank", "sms", "mci"), Sentence("greet", "sms", "bjr")]
    found = worst(paired(mistakes, [parsed("greet", 0.4), parsed("greet", 0.6), parsed("greet", 0.9)]))
    assert [sentence.text for sentence, _ in found] == ["mci", "mrc"]


def test_the_report_tells_what_each_register_would_be_told(measured: dict[str, Any]) -> None:
    assert "sms        juste  50.0%  répondu  50.0%  dont faux 100.0%" in report(measured)


def test_the_picture_shows_each_confusion_with_its_count() -> None:
    drawn = ET.fromstring(confusion_picture([["a<b", "c", 3], ["d", "c", 1]]))
    assert [text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")] == ["a<b", "d", "c", "3", "1"]


def test_macro_f1_weighs_each_intent_the_same() -> None:
    assert macro_f1([("a", "a"), ("a", "a"), ("b", "b")]) == 1.0
    assert macro_f1([("a", "a"), ("b", "a")]) == (2 / 3 + 0) / 2
