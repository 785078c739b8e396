"""What is plainly wanted of one's own appointments is asked of Rasa by its name, where we spoke of one."""

import pytest

from api.privacy.audience import Level
from tests.api.conversations.test_cards import somebody
from tests.scripted_rasa import ScriptedRasa, says
from tests.talking import Talk

NEXT = {"name": "ask_next_appointment", "entities": {}}
MOVE = {"name": "reschedule_appointment", "entities": {}}
KEPT = {"name": "cancel_appointment", "entities": {"answer": "no"}}


async def asked_after(talk: Talk, rasa: ScriptedRasa, text: str, last: str) -> object:
    rasa.answer = lambda asked: says("nlu_fallback" if last == "not_understood" else "cancel_appointment", last)
    await somebody(talk, Level.code)
    assert await talk.say("zorglub patatras") == [last]
    await talk.say(text)
    return rasa.asked[-1]["intent"]


@pytest.mark.parametrize("last", ["thank", "not_understood"])
async def test_ones_appointments_are_told_wherever_one_is(talk: Talk, rasa: ScriptedRasa, last: str) -> None:
    assert await asked_after(talk, rasa, "c'est quoi mes rdv maintenant ?", last) == NEXT


async def test_where_two_things_are_asked_both_are_left_to_rasa(talk: Talk, rasa: ScriptedRasa) -> None:
    assert await asked_after(talk, rasa, "c'est quand mon rendez-vous et je touche combien", "thank") is None


@pytest.mark.parametrize(
    ("text", "last", "intent"),
    [
        ("je veux le reporter", "not_understood", MOVE),
        ("non je veux pas annuler je veux remettre celui du jeudi 3 à 10h", "not_understood", MOVE),
        ("non en fait garde celui du 3", "slot_gone", MOVE),
        ("je garde 9h45", "slot_gone", KEPT),
        ("remet l'ancien stp", "slot_gone", MOVE),
        ("je garde 9h45", "not_understood", None),
        ("remets comme avant", "thank", None),
        ("je veux le reporter", "thank", None),
    ],
)
async def test_the_rest_leans_on_what_was_said(
    talk: Talk, rasa: ScriptedRasa, text: str, last: str, intent: object
) -> None:
    assert await asked_after(talk, rasa, text, last) == intent


async def test_while_another_hour_is_looked_for_the_old_one_is_the_one_that_stands(
    talk: Talk, rasa: ScriptedRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.conversations.asking.MOVING", "slot_gone")
    assert await asked_after(talk, rasa, "remet l'ancien stp", "slot_gone") == KEPT
