"""Danger is heard in French first, then in other languages, and is answered in the language of the message."""

from typing import Any

import pytest
from sqlalchemy import select

from api.conversations.pressing import likely, pressing
from api.escalations.tables import Escalation, Reason
from api.texts.library import entries
from tests.scripted_rasa import ScriptedRasa, doubts, says
from tests.talking import Talk


@pytest.mark.parametrize(
    ("text", "intent", "says"),
    [
        pytest.param("je veux mourir", "emergency_distress", "emergency_distress", id="French"),
        pytest.param("quiero morir", "emergency_distress", "language_es_distress", id="another language"),
        pytest.param("i want to die", "emergency_distress", "language_en_distress", id="one that French lists too"),
        pytest.param(
            "mon mari me frappe, no tengo comida", "emergency_violence", "emergency_violence", id="French among others"
        ),
        pytest.param("ma voisine dit kill myself", "emergency_distress", "language_en_distress", id="among French"),
        pytest.param("burri me rrahu", "emergency_violence", "language_sq_violence", id="a phrase says which kind"),
    ],
)
def test_danger_is_answered_in_the_language_of_the_message(text: str, intent: str, says: str) -> None:
    found = pressing(text)
    assert found
    assert (found.intent, found.says) == (intent, says)
    assert found.says in entries()


@pytest.mark.parametrize("text", ["bonjour", "متى موعدي القادم؟", "Nuk flas frëngjisht", ""])
def test_everything_else_can_wait(text: str) -> None:
    assert pressing(text) is None


DOUBTFUL = "je tourne en rond chez moi et je pleure"
THOUGHT = [{"name": "emergency_distress", "confidence": 0.4}, {"name": "emergency_shelter", "confidence": 0.2}]


def test_two_weak_signs_are_one_strong_one() -> None:
    assert pressing(DOUBTFUL) is None
    found = likely(DOUBTFUL, THOUGHT)
    assert found
    assert found.says == "emergency_distress"


@pytest.mark.parametrize(
    ("text", "ranking"),
    [
        pytest.param(DOUBTFUL, THOUGHT[:1], id="Rasa thinks of something else"),
        pytest.param("quand est mon rendez-vous", THOUGHT, id="the words weigh nothing"),
        pytest.param(DOUBTFUL, [], id="Rasa thinks of nothing"),
    ],
)
def test_one_weak_sign_is_none(text: str, ranking: list[dict[str, Any]]) -> None:
    assert likely(text, ranking) is None


async def test_an_alarm_is_raised_where_rasa_is_sure_of_nothing_and_thinks_of_danger(
    talk: Talk, rasa: ScriptedRasa
) -> None:
    rasa.answer = lambda asked: doubts(("emergency_distress", 0.6), ("report_hindrance", 0.3))
    assert await talk.say(DOUBTFUL) == ["emergency_distress"]
    async with talk.database.transaction() as session:
        assert await session.scalar(select(Escalation.reason)) == Reason.urgent


JOKE = "je meurs de faim avant midi mdr"


async def test_danger_that_rasa_alone_hears_is_asked_back(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("emergency_food", "emergency_food", confidence=0.99)
    assert await talk.say(JOKE) == ["asked_back"]
    async with talk.database.transaction() as session:
        assert await session.scalar(select(Escalation.reason)) is None


async def test_danger_that_rasa_hears_and_that_is_in_doubt_raises_the_alarm(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("emergency_distress", "emergency_distress", confidence=0.99)
    assert await talk.say(DOUBTFUL) == ["emergency_distress"]
