"""Not understood twice in a row, somebody of the service is offered; anything between begins anew."""

import pytest

from tests.scripted_rasa import ScriptedRasa, says
from tests.talking import Talk


@pytest.fixture
def rasa() -> ScriptedRasa:
    """Understands a greeting, and nothing else."""
    known = {"bonjour": says("greet", "greet")}
    return ScriptedRasa(lambda asked: known.get(asked["text"], says("nlu_fallback", "not_understood", confidence=0.1)))


async def test_the_second_time_in_a_row_somebody_is_offered(talk: Talk) -> None:
    assert await talk.say("zorglub") == ["not_understood"]
    assert await talk.say("patatras") == ["not_understood_twice"]
    assert await talk.say("zorglub") == ["not_understood_twice"]
    assert "Oui, prévenir une personne" in await talk.choices()


async def test_what_was_understood_between_begins_anew(talk: Talk) -> None:
    assert await talk.say("zorglub") == ["not_understood"]
    assert await talk.say("bonjour") == ["greet"]
    assert await talk.say("patatras") == ["not_understood"]


async def test_signs_that_nobody_can_read_count_too(talk: Talk) -> None:
    assert await talk.say("zorglub") == ["not_understood"]
    assert await talk.say("!!!") == ["not_understood_twice"]


async def test_several_that_wait_are_counted_in_their_order(talk: Talk) -> None:
    for text in ("zorglub", "patatras"):
        await talk.write(text)
    await talk.answer()
    said = [message.says for message in await talk.messages() if message.says]
    assert said == [["not_understood"], ["not_understood_twice"]]


async def test_yes_reaches_the_assistant_as_the_button_does(talk: Talk, rasa: ScriptedRasa) -> None:
    await talk.say("zorglub")
    await talk.say("patatras")
    await talk.say("oui")
    assert rasa.asked[-1]["intent"] == {"name": "request_human", "entities": {"answer": "yes"}}
