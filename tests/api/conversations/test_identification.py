"""Who is speaking: asked in two or three steps, the same words for everyone, and the question answered at once."""

import re
from datetime import date

import pytest
from sqlalchemy import update

from api.beneficiaries.tables import Beneficiary
from api.conversations.showing import reader_of
from api.conversations.silence import silence
from api.conversations.sms_tables import Silence
from api.conversations.tables import Author
from api.core.clock import now
from api.core.sealing import Sealer
from api.identity.service import digest_word
from api.privacy.audience import Level
from tests import factories
from tests.scripted_rasa import ScriptedRasa, says
from tests.talking import Talk

PHONE = "+33639980001"
BORN = date(1990, 5, 14)


@pytest.fixture(autouse=True)
def asks_about_a_file(rasa: ScriptedRasa) -> None:
    """Rasa hears a question about the next appointment, except in thanks."""
    rasa.answer = lambda asked: (
        says("thank", "thank") if "merci" in asked["text"] else says("ask_next_appointment", "appointment_none")
    )


async def someone(talk: Talk, **given: object) -> None:
    async with talk.database.transaction() as session:
        await factories.person(session, **({"phone": PHONE, "birth_date": BORN} | given))


async def code_on(talk: Talk, phone: str = PHONE) -> str:
    texts = await talk.telephone(phone)
    found = re.search(r"\d{6}", texts[-1])
    assert found
    return found[0]


@pytest.mark.parametrize(
    ("number", "born"),
    [
        ("+33639980001", "1990-05-14"),
        ("06 39 98 00 01", "14/05/1990"),
        ("06.39.98.00.01", "14 mai 90"),
        ("mon num c le 0639980001", "je suis née le 14 mai 1990"),
        ("0033639980001", "14051990"),
    ],
)
async def test_number_then_date_then_code_opens_the_answer(talk: Talk, number: str, born: str) -> None:
    await someone(talk)
    assert await talk.say("c kan mon rdv") == ["ask_number"]
    assert await talk.say(number) == ["ask_birth_date"]
    assert await talk.say(born) == ["code_sent"]
    assert (await talk.say(f"le code {await code_on(talk)}"))[:2] == ["identified", "appointment_none"]
    assert (await talk.conversation()).level is Level.code


async def test_a_code_that_went_out_before_the_file_became_confidential_opens_nothing(talk: Talk) -> None:
    await someone(talk)
    await talk.say("c kan mon rdv")
    await talk.say("0639980001 14/05/1990")
    code = await code_on(talk)
    async with talk.database.transaction() as session:
        await session.execute(update(Beneficiary).values(confidential=True))
    assert await talk.say(code) == ["code_wrong"]
    assert (await talk.conversation()).level is Level.nobody


async def test_number_and_date_in_one_message(talk: Talk) -> None:
    await someone(talk)
    await talk.say("c kan mon rdv")
    assert await talk.say("0639980001, 14/05/1990") == ["code_sent"]


async def test_rasa_never_sees_what_identifies(talk: Talk, rasa: ScriptedRasa) -> None:
    await someone(talk)
    await talk.say("c kan mon rdv")
    await talk.say("0639980001 14/05/1990")
    await talk.say(await code_on(talk))
    assert [asked["text"] for asked in rasa.asked] == [rasa.asked[0]["text"]] * 2


async def test_what_was_typed_to_identify_is_kept_as_dots(talk: Talk) -> None:
    await someone(talk)
    await talk.say("c kan mon rdv")
    await talk.say("0639980001 14/05/1990")
    await talk.say(await code_on(talk))
    typed = [message for message in await talk.messages() if message.author is Author.person]
    assert [message.text for message in typed[1:]] == ["••••••", "••••••"]
    assert [message.sealed for message in typed] == [None, None, None]


async def test_an_unknown_number_hears_the_same_words_and_gets_no_sms(talk: Talk) -> None:
    await someone(talk)
    await talk.say("c kan mon rdv")
    known = await talk.say("0639980001 14/05/1990")
    shown = (await talk.messages())[-1].text
    stranger = await Talk(talk.database, talk.sealer, talk.rasa).begin()
    await stranger.say("c kan mon rdv")
    assert await stranger.say("0639980001 15/05/1990") == known
    assert (await stranger.messages())[-1].text == shown
    assert len(await talk.telephone(PHONE)) == 1
    assert await stranger.say("123456") == ["code_wrong"]


async def test_a_confidential_file_gets_no_code_and_the_same_words(talk: Talk) -> None:
    await someone(talk, confidential=True)
    await talk.say("c kan mon rdv")
    assert await talk.say("0639980001 14/05/1990") == ["code_sent"]
    assert await talk.telephone(PHONE) == []


async def test_a_number_that_is_somebody_elses_gets_no_code_and_the_same_words(talk: Talk) -> None:
    await someone(talk)
    async with talk.database.transaction() as session:
        await silence(session, PHONE, Silence.wrong_number)
    await talk.say("c kan mon rdv")
    assert await talk.say("0639980001 14/05/1990") == ["code_sent"]
    assert await talk.telephone(PHONE) == []


async def test_after_a_stop_the_code_that_was_asked_for_comes(talk: Talk) -> None:
    await someone(talk)
    async with talk.database.transaction() as session:
        await silence(session, PHONE, Silence.stop)
    await talk.say("c kan mon rdv")
    await talk.say("0639980001 14/05/1990")
    assert len(await talk.telephone(PHONE)) == 1


async def test_a_shared_number_asks_for_the_agreed_word(talk: Talk, sealer: Sealer) -> None:
    await someone(talk, agreed_word_digest=digest_word(sealer, "Bruyère"))
    await someone(talk, first_name="Yann", birth_date=date(1988, 1, 2))
    await talk.say("c kan mon rdv")
    await talk.say("0639980001 14/05/1990")
    assert await talk.say(await code_on(talk)) == ["ask_word"]
    assert (await talk.conversation()).level is Level.nobody
    assert await talk.say("ajonc") == ["word_wrong"]
    assert (await talk.say("le mot bruyere"))[0] == "identified"
    assert (await talk.conversation()).level is Level.link


async def test_a_shared_number_without_a_word_opens_nothing(talk: Talk) -> None:
    await someone(talk)
    await someone(talk, first_name="Yann", birth_date=date(1988, 1, 2))
    await talk.say("c kan mon rdv")
    await talk.say("0639980001 14/05/1990")
    await talk.say(await code_on(talk))
    assert await talk.say("Maëlle") == ["word_wrong"]


async def test_another_question_during_the_steps_is_answered_and_the_steps_go_on(talk: Talk) -> None:
    await someone(talk)
    await talk.say("c kan mon rdv")
    assert await talk.say("merci beaucoup") == ["thank"]
    assert [m.text for m in await talk.messages() if m.author is Author.person][-1] == "merci beaucoup"
    assert await talk.say("0639980001") == ["ask_birth_date"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("06 39 98", "number_unreadable"),
        ("12345678901234", "number_unreadable"),
        ("14/05/1990", "ask_number"),
        ("annuler", "identity_stopped"),
    ],
)
async def test_what_cannot_be_used_is_said_so(talk: Talk, typed: str, said: str) -> None:
    await talk.say("c kan mon rdv")
    assert await talk.say(typed) == [said]


async def test_an_unreadable_date_is_asked_again(talk: Talk) -> None:
    await talk.say("c kan mon rdv")
    await talk.say("0639980001")
    assert await talk.say("31/02/1990") == ["birth_date_unreadable"]


async def test_sms_tells_an_unknown_a_shared_and_a_confidential_number_the_same(talk: Talk) -> None:
    await someone(talk, phone="+33639980002", confidential=True)
    await someone(talk, phone="+33639980003")
    await someone(talk, phone="+33639980003", first_name="Yann")
    heard = set()
    for phone in ("+33639980099", "+33639980002", "+33639980003"):
        by_sms = await Talk(talk.database, talk.sealer, talk.rasa).ring(phone)
        assert await by_sms.say("c kan mon rdv") == ["cannot_say_here"]
        heard |= set(await by_sms.telephone(phone))
    assert len(heard) == 1


async def test_sms_from_a_number_of_one_person_is_answered(talk: Talk) -> None:
    await someone(talk)
    by_sms = await Talk(talk.database, talk.sealer, talk.rasa).ring(PHONE)
    assert await by_sms.say("c kan mon rdv") == ["appointment_none"]
    assert len(await by_sms.telephone(PHONE)) == 1


async def test_whoever_says_that_it_is_not_them_is_nobody_and_what_came_from_the_file_hides(talk: Talk) -> None:
    await someone(talk)
    await talk.say("c kan mon rdv")
    await talk.say("0639980001 14/05/1990")
    await talk.say(await code_on(talk))
    assert await talk.say("ce n'est pas moi") == ["identity_left"]
    conversation = await talk.conversation()
    assert (conversation.level, conversation.beneficiary_id) == (Level.nobody, None)
    told = next(message for message in await talk.messages() if "appointment_none" in message.says)
    assert not reader_of(conversation, now()).may_read(told)


async def test_somebody_unknown_who_says_so_is_heard_by_the_assistant(talk: Talk) -> None:
    assert await talk.say("ce n'est pas moi") == ["ask_number"]


async def test_whoever_proved_who_they_are_hears_of_their_own_silent_caseworker(talk: Talk, rasa: ScriptedRasa) -> None:
    await someone(talk)
    silent = "ma référente ne répond pas au téléphone"
    assert await talk.say(silent) == ["caseworker_silent"]
    await talk.say("c kan mon rdv")
    await talk.say("0639980001 14/05/1990")
    await talk.say(await code_on(talk))
    await talk.say(silent)
    assert "referente" in rasa.asked[-1]["text"]


async def test_a_number_to_call_back_is_not_taken_for_that_of_a_file(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("ask_next_appointment", "identify_first")
    assert await talk.say("c kan mon rdv") == ["ask_number"]
    rasa.answer = lambda asked: says("request_callback", "callback_ask_number")
    assert await talk.say("non rappelez moi plutot") == ["callback_ask_number"]
    assert await talk.say("06 39 98 00 41") == ["callback_ask_number"]
    assert rasa.asked[-1]["intent"]["name"] == "request_callback"


async def test_a_number_with_a_birth_date_says_who_one_is_whatever_was_asked(talk: Talk, rasa: ScriptedRasa) -> None:
    await someone(talk)
    rasa.answer = lambda asked: says("ask_next_appointment", "identify_first")
    assert await talk.say("c kan mon rdv") == ["ask_number"]
    rasa.answer = lambda asked: says("request_callback", "callback_ask_number")
    await talk.say("je m'appelle Nadia")
    assert await talk.say("06 39 98 00 01 14/05/1990") == ["code_sent"]
