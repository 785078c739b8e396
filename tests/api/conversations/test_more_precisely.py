"""Beside a general answer, on a page, a button names the narrower answer that may have been wanted."""

import pytest

from api.conversations.meanings import narrower_titles
from tests.scripted_rasa import ScriptedRasa, says
from tests.talking import Talk

SOCIAL = "il me faut une place en logement social avec mes deux petits"
TITLE = narrower_titles()["social_housing"]


@pytest.fixture
def rasa() -> ScriptedRasa:
    return ScriptedRasa(lambda asked: says("housing_help", "housing_help"))


@pytest.fixture
def unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the message means by itself is not sure enough to be given."""
    monkeypatch.setattr("api.conversations.plainly.narrowed", lambda *_, **__: None)
    monkeypatch.setattr("api.conversations.plainly.narrowly_asked", lambda *_: None)


@pytest.mark.usefixtures("unsure")
async def test_the_button_stands_first_and_gives_the_narrower_answer(talk: Talk, rasa: ScriptedRasa) -> None:
    assert await talk.say(SOCIAL) == ["housing_help"]
    choices = await talk.choices()
    assert [*choices][:1] == [TITLE]
    assert len(choices) > 2
    asked = len(rasa.asked)
    assert await talk.say(TITLE, choices[TITLE]) == ["social_housing"]
    assert len(rasa.asked) == asked


@pytest.mark.usefixtures("unsure")
async def test_it_may_be_typed_whole_and_a_yes_is_not_to_it(talk: Talk, rasa: ScriptedRasa) -> None:
    await talk.say(SOCIAL)
    assert await talk.say(TITLE) == ["social_housing"]
    await talk.say(SOCIAL)
    rasa.answer = lambda asked: says("affirm", "affirm")
    assert await talk.say("oui") == ["affirm"]


@pytest.mark.usefixtures("unsure")
async def test_nothing_is_added_to_a_search_to_a_question_or_by_sms(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("search_support", "support_ask_place")
    await talk.say(SOCIAL)
    assert TITLE not in await talk.choices()
    rasa.answer = lambda asked: says("housing_help", "housing_help")
    by_sms = await talk.ring("+33639980099")
    await by_sms.say(SOCIAL)
    assert TITLE not in await by_sms.choices()


async def test_a_precise_answer_has_no_other_beside_it(talk: Talk) -> None:
    assert await talk.say("comment on fait une demande de logement social") == ["social_housing"]
    assert TITLE not in await talk.choices()
