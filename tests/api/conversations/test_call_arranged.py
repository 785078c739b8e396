"""A call that is being arranged: its time is heard amid other things, and after what we did not understand."""

from typing import Any

import httpx
import pytest

from api.conversations.questions import questions
from tests.scripted_rasa import ScriptedRasa, says
from tests.talking import Talk


def answers(rasa: ScriptedRasa, *others: str) -> None:
    """A call is arranged; whatever else is asked is answered with the first of `others`, or not understood."""

    def answer(asked: dict[str, Any]) -> httpx.Response:
        intent = (asked["intent"] or {}).get("name")
        if intent == "request_callback" or "rappel" in asked["text"]:
            entities = (asked["intent"] or {}).get("entities", {})
            return says("request_callback", "callback_ask_number" if not entities else "callback_none")
        return says("search_support", others[0]) if others else says("nlu_fallback", "not_understood")

    rasa.answer = answer


def named(rasa: ScriptedRasa) -> list[Any]:
    return [asked["intent"] for asked in rasa.asked]


@pytest.fixture
def when(monkeypatch: pytest.MonkeyPatch) -> None:
    """The question for a number stands for the one for a time: its facts are those of a real service."""
    monkeypatch.setitem(questions(), "callback_ask_number", questions()["callback_when"])


async def test_the_time_is_heard_before_what_else_is_asked_and_both_are_answered(
    talk: Talk, rasa: ScriptedRasa, when: None
) -> None:
    answers(rasa, "support_ask_theme")
    await talk.say("rappelez moi")
    said = await talk.say("lundi aprem alor. é vous aidé pour la lessive")
    assert said == ["callback_none", "support_ask_theme"]
    assert "12:00/18:00" in named(rasa)[-2]["entities"]["wanted"]
    assert named(rasa)[-1] is None


async def test_beside_no_food_for_a_baby_the_time_is_kept(talk: Talk, rasa: ScriptedRasa, when: None) -> None:
    answers(rasa)
    await talk.say("rappelez moi")
    assert await talk.say("lundi aprem. et j'ai plus de lait pour mon bébé") == ["emergency_food", "callback_none"]


async def test_what_says_nothing_beside_the_time_is_left(talk: Talk, rasa: ScriptedRasa, when: None) -> None:
    answers(rasa)
    await talk.say("rappelez moi")
    assert await talk.say("lundi matin maï zorglub") == ["callback_none"]


async def test_a_time_answers_what_was_asked_before_we_did_not_understand(
    talk: Talk, rasa: ScriptedRasa, when: None
) -> None:
    answers(rasa)
    await talk.say("rappelez moi")
    assert "not_understood" in await talk.say("zorglub patatras")
    assert await talk.say("lundi matin") == ["callback_none"]


async def test_a_call_is_called_off_by_words_at_any_time(talk: Talk, rasa: ScriptedRasa) -> None:
    answers(rasa)
    assert await talk.say("non jai pas demandé quon me rappele, annule le rappel") == ["callback_none"]
    assert named(rasa) == [{"name": "request_callback", "entities": {"answer": "no"}}]
