"""Whoever writes in another language is told in it, once a day, how to have a person; danger comes before that."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from api.conversations.learning.tables import UnclearSentence
from api.conversations.sms_tables import OutgoingSms
from api.conversations.tables import Message, Mode, Turn
from api.core.clock import now
from api.core.database import Database
from api.core.sealing import Sealer
from api.desk import human_part
from api.escalations.summary import LANGUAGE, summary_of
from api.escalations.tables import Escalation, Priority
from api.texts.gsm import segments
from tests import factories
from tests.scripted_rasa import ScriptedRasa, doubts, says
from tests.talking import Talk

PHONE = "+33639980012"
ARABIC, SPANISH = "متى موعدي القادم؟", "No hablo francés"


@pytest.fixture
def phone(house: Database, sealer: Sealer, rasa: ScriptedRasa) -> Talk:
    """A telephone that has not written yet."""
    return Talk(house, sealer, rasa.client())


async def requests(talk: Talk) -> list[Escalation]:
    async with talk.database.transaction() as session:
        return list(await session.scalars(select(Escalation)))


async def a_day_passes(talk: Talk) -> None:
    async with talk.database.transaction() as session:
        await session.execute(update(Message).values(created_at=Message.created_at - timedelta(days=1)))


async def test_a_card_is_said_without_rasa(talk: Talk, rasa: ScriptedRasa) -> None:
    assert await talk.say(ARABIC) == ["language_ar"]
    assert await talk.say(SPANISH) == ["language_es"]
    assert rasa.asked == []


async def test_a_card_is_said_once_a_day(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: doubts(("search_training", 0.4))
    await talk.say(ARABIC)
    await talk.say(SPANISH)
    assert await talk.say(ARABIC) == ["language_ar_again"]
    assert await talk.say(SPANISH) == ["language_es_again"]
    await a_day_passes(talk)
    assert await talk.say(ARABIC) == ["language_ar"]


async def test_what_rasa_understands_after_the_card_is_answered(talk: Talk, rasa: ScriptedRasa) -> None:
    await talk.say(SPANISH)
    rasa.answer = lambda asked: says("rsa_amount", "rsa_amount")
    assert await talk.say("cuanto dinero voy a recibir") == ["rsa_amount"]


async def test_rasa_is_not_asked_to_read_letters_that_it_does_not_know(talk: Talk, rasa: ScriptedRasa) -> None:
    await talk.say(ARABIC)
    await talk.say(ARABIC)
    assert rasa.asked == []


async def test_what_another_language_says_is_not_kept_to_learn_french_from(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: doubts()
    await talk.say(SPANISH)
    await talk.say("Estoy buscando trabajo en una cocina")
    async with talk.database.transaction() as session:
        assert list(await session.scalars(select(UnclearSentence))) == []


async def test_danger_is_answered_in_its_language_and_rings(talk: Talk, rasa: ScriptedRasa) -> None:
    assert await talk.say("أريد أن أموت") == ["language_ar_distress"]
    assert rasa.asked == []
    [request] = await requests(talk)
    assert request.priority is Priority.urgent
    async with talk.database.transaction() as session:
        assert list(await session.scalars(select(Turn.intent))) == ["emergency_distress"]
        assert (await summary_of(session, request))[0] == f"{LANGUAGE} arabe"


async def test_danger_in_french_comes_first_in_any_message(talk: Talk) -> None:
    assert await talk.say("mon mari me frappe, no tengo comida") == ["emergency_violence"]


async def test_danger_is_heard_while_a_caseworker_answers(talk: Talk) -> None:
    async with talk.database.transaction() as session:
        await human_part.wait(session, talk.id, now())
    assert await talk.say("муж меня бьет") == ["language_ru_violence"]


async def test_the_button_of_a_card_asks_for_a_person(talk: Talk, rasa: ScriptedRasa) -> None:
    await talk.say(ARABIC)
    [(title, value)] = (await talk.choices()).items()
    await talk.say(title, value)
    assert rasa.asked[-1]["intent"]["name"] == "request_human"


@pytest.mark.parametrize("typed", ["HUMAIN", "humain", "Humain svp"])
async def test_the_word_of_a_card_asks_for_a_person(phone: Talk, rasa: ScriptedRasa, typed: str) -> None:
    await phone.ring(PHONE)
    assert await phone.say(ARABIC) == ["language_ar"]
    await phone.say(typed)
    assert rasa.asked[-1]["intent"]["name"] == "request_human"


async def test_an_sms_goes_out_in_its_own_letters(phone: Talk) -> None:
    await phone.ring(PHONE)
    await phone.say(ARABIC)
    [text] = await phone.telephone(PHONE)
    assert "أنا مساعد آلي" in text
    async with phone.database.transaction() as session:
        billed = await session.scalar(select(OutgoingSms.segments))
    # 70 signs a segment, as the letters are not those of text messages.
    assert billed == segments(text) == 2


async def test_who_waits_for_a_person_is_not_answered_by_a_card(talk: Talk) -> None:
    async with talk.database.transaction() as session:
        await human_part.wait(session, talk.id, now())
    assert "language_ar" not in await talk.say(ARABIC)
    assert (await talk.conversation()).mode is Mode.waiting


async def test_what_may_answer_a_question_is_no_card(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("nlu_fallback", "not_understood_twice")
    await talk.say("zorglub")
    await talk.say("Evet")
    assert rasa.asked[-1]["text"] == "evet"


async def test_a_hidden_number_is_told_apart_from_the_card(talk: Talk) -> None:
    after = await talk.write("مرحبا رقمي هو 2 88 10 56 260 123 20")
    await talk.answer()
    _, notice, card = await talk.messages(after - 1)
    assert (notice.says, card.says) == (["masked_notice"], ["language_ar"])


async def test_a_card_is_not_said_more_simply_in_french(talk: Talk, rasa: ScriptedRasa) -> None:
    await talk.say(ARABIC)
    rasa.answer = lambda asked: says("explain_simpler", "explain_simpler")
    assert await talk.say("pardon ?") == ["explain_simpler"]


async def test_a_card_says_nothing_of_a_file(phone: Talk) -> None:
    async with phone.database.transaction() as session:
        known = await factories.person(session, phone=PHONE, first_name="Awena")
    await phone.ring(PHONE)
    await phone.say(ARABIC)
    [text] = await phone.telephone(PHONE)
    assert known.first_name not in text
