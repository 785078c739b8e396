"""Danger is heard in French first, then in other languages, and is answered in the language of the message."""

import pytest

from api.conversations.pressing import pressing
from api.texts.library import entries


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
