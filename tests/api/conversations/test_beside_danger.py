"""Whoever has no roof or no food is given the number first, then the answer to what else they ask."""

import httpx
import pytest

from api.conversations import deciding
from tests.api.conversations.test_identification import code_on, someone
from tests.scripted_rasa import ScriptedRasa, doubts, says
from tests.talking import Talk

HUNGRY = "j'ai plus rien à manger et c'est quand versé le rsa"
PAID = "rsa_payment_date"


@pytest.fixture
def rasa() -> ScriptedRasa:
    return ScriptedRasa(lambda asked: says(PAID, PAID))


@pytest.mark.parametrize(
    ("text", "danger"),
    [(HUNGRY, "emergency_food"), ("C'est quand versé le RSA ? Je suis à la rue ce soir.", "emergency_shelter")],
)
async def test_the_number_comes_first_then_the_answer(text: str, danger: str, talk: Talk, rasa: ScriptedRasa) -> None:
    assert await talk.say(text) == [danger, PAID]
    assert "manger" not in rasa.asked[-1]["text"]
    assert "rue" not in rasa.asked[-1]["text"]


@pytest.mark.parametrize("text", ["je veux mourir et c'est quand versé le rsa", "il me frappe, c'est quand le rsa ?"])
async def test_nothing_stands_beside_the_number_of_whoever_wants_to_die_or_is_beaten(
    text: str, talk: Talk, rasa: ScriptedRasa
) -> None:
    assert len(await talk.say(text)) == 1
    assert rasa.asked == []


async def test_what_is_not_understood_beside_is_not_said(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: doubts(("rsa_amount", 0.3), (PAID, 0.2))
    assert await talk.say(HUNGRY) == ["emergency_food"]


async def test_an_alarm_waits_for_no_rasa(talk: Talk, rasa: ScriptedRasa, monkeypatch: pytest.MonkeyPatch) -> None:
    rasa.answer = lambda asked: httpx.Response(503)
    assert await talk.say(HUNGRY) == ["emergency_food"]
    monkeypatch.setattr(deciding, "ALARM_WAITS", 0.0)
    assert await talk.say("plus rien à manger depuis hier, et c'est quand versé le rsa") == ["emergency_food"]


async def test_once_we_know_who_asks_the_number_is_not_given_again(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("ask_next_appointment", "appointment_none")
    await someone(talk)
    text = "je suis à la rue ce soir, et c'est quand mon prochain rendez-vous"
    assert await talk.say(text) == ["emergency_shelter", "ask_number"]
    await talk.say("0639980001 14/05/1990")
    assert await talk.say(await code_on(talk)) == ["identified", "appointment_none"]


OUTSIDE = ("je dors où ce soir, je suis à la rue", "je dors dehors ce soir, c'est quand le rsa ?")
BEATEN = ("il me frappe", "si je pars avec les petits j'ai droit à quoi, j'ai peur qu'il me retrouve")


@pytest.mark.parametrize(("texts", "danger"), [(OUTSIDE, "emergency_shelter"), (BEATEN, "emergency_violence")])
async def test_whoever_was_given_the_number_and_asks_something_is_answered_that_too(
    texts: tuple[str, str], danger: str, talk: Talk
) -> None:
    assert await talk.say(texts[0]) == [danger]
    assert await talk.say(texts[1]) == [danger, PAID]


@pytest.mark.parametrize("again", ["je vais me tuer ce soir, à quoi ça sert", "comment on fait pour se pendre"])
async def test_nothing_is_explained_to_who_says_again_that_they_want_to_die(again: str, talk: Talk) -> None:
    await talk.say("je veux mourir")
    assert await talk.say(again) == ["emergency_distress"]


async def test_small_talk_does_not_stand_beside_a_number(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("goodbye", "goodbye")
    await talk.say(OUTSIDE[0])
    assert await talk.say(OUTSIDE[1]) == ["emergency_shelter"]


async def test_whoever_asks_what_their_heirs_will_owe_is_answered_that_after_the_number(talk: Talk) -> None:
    asked = "Est-ce que mes enfants devront rembourser mon RSA à ma mort ?"
    assert await talk.say(asked) == ["emergency_distress", "after_death"]


async def test_what_is_denied_is_no_part_of_the_question(talk: Talk, rasa: ScriptedRasa) -> None:
    await talk.say(OUTSIDE[0])
    again = "non pas ce soir. je serai à la rue lundi, c'est quand le rsa ?"
    assert await talk.say(again) == ["emergency_shelter", PAID]
    assert "pas ce soir" not in rasa.asked[-1]["text"]
