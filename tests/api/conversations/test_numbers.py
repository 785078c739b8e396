"""A number that an SMS showed is a choice, and PLUS shows the rest without Rasa."""

import pytest

from api.core.database import Database
from api.core.sealing import Sealer
from tests.scripted_rasa import ScriptedRasa, says
from tests.talking import Talk

PHONE = "+33639980012"


@pytest.fixture
async def phone(house: Database, sealer: Sealer, rasa: ScriptedRasa) -> Talk:
    """An SMS conversation in which a long answer was given."""
    talk = await Talk(house, sealer, rasa.client()).ring(PHONE)
    rasa.answer = lambda asked: says("rsa_suspended", "rsa_suspended")
    await talk.say("mon rsa es coupé")
    rasa.asked.clear()
    return talk


@pytest.mark.parametrize("text", ["1", "le premier", "contester"])
async def test_a_number_or_its_words_reach_rasa_as_what_they_stand_for(
    phone: Talk, rasa: ScriptedRasa, text: str
) -> None:
    assert "1 Contester" in (await phone.messages())[-1].text
    await phone.say(text)
    assert rasa.asked[-1]["intent"]["name"] == "appeal_decision"


async def test_plus_shows_the_rest_which_answers_by_its_new_number(phone: Talk, rasa: ScriptedRasa) -> None:
    assert (await phone.messages())[-1].text.endswith("ou PLUS.")
    assert await phone.say("plus") == ["sms_more"]
    assert rasa.asked == []
    text = (await phone.messages())[-1].text
    assert "1 Parler à un conseiller" in text
    assert "02 61 91 00 01" in text
    await phone.say("1")
    assert rasa.asked[-1]["intent"]["name"] == "request_human"


async def test_a_number_that_was_not_shown_is_a_question(phone: Talk, rasa: ScriptedRasa) -> None:
    await phone.say("4")
    assert rasa.asked[-1]["intent"] is None


async def test_on_a_page_nothing_is_numbered(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("rsa_suspended", "rsa_suspended")
    await talk.say("mon rsa es coupé")
    assert "1 Contester" not in (await talk.messages())[-1].text
    assert "PLUS" not in await talk.choices()
