"""Machines are not answered for ever, and a person always gets a number to call."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from api.conversations.loops import A_DAY, ENOUGH, is_automatic
from api.conversations.tables import Message, MessageStatus
from api.core.database import Database
from api.core.sealing import Sealer
from tests.scripted_rasa import ScriptedRasa, says
from tests.talking import Talk

PHONE = "+33639980012"
AUTOMATIC = [
    "Réponse automatique : je suis absent du bureau",
    "Je suis actuellement en congés, de retour le 12",
    "Je suis absent jusqu'au 3 janvier",
    "Bonjour, vous êtes bien sur la messagerie de Yann, laissez-moi un message",
    "messagerie vocale",
    "Je conduis, je vous rappelle plus tard",
    "Merci de ne pas répondre à ce message",
    "Auto-reply: out of office",
    "SMS automatique",
]
HARMLESS = [
    "je suis absent jeudi pour mon rdv",
    "j'étais absente, j'étais malade",
    "j'ai reçu un message",
    "je conduis pas comment venir au rdv",
    "comment laisser un message à ma conseillère",
    "j'ai pas eu de réponse",
    "je suis en vacances chez ma mère je peux pas venir",
    "je ne peux pas répondre au courrier",
    "le prélèvement est automatique ?",
    "c'est une réponse automatique ?",
]


@pytest.fixture
async def phone(house: Database, sealer: Sealer, rasa: ScriptedRasa) -> Talk:
    """An SMS conversation."""
    return await Talk(house, sealer, rasa.client()).ring(PHONE)


async def later(phone: Talk, moment: timedelta) -> None:
    """So much time has passed since all that was said."""
    async with phone.database.transaction() as session:
        await session.execute(update(Message).values(created_at=Message.created_at - moment))


@pytest.mark.parametrize("text", AUTOMATIC)
def test_what_a_machine_writes_is_known(text: str) -> None:
    assert is_automatic(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_a_person_writes_is_not_taken_for_it(text: str) -> None:
    assert not is_automatic(text)


async def test_the_third_time_in_ten_minutes_the_same_text_gets_nothing(phone: Talk) -> None:
    said = [await phone.say(text) for text in ("bip bip", "Bip bip", "BIP BIP", "bip bip", "autre chose")]
    assert said == [["greet"], ["greet"], [], [], ["greet"]]


async def test_the_same_text_is_answered_when_ten_minutes_lie_between(phone: Talk) -> None:
    for _ in range(4):
        assert await phone.say("c kan mon rdv") == ["greet"]
        await later(phone, timedelta(minutes=6))


async def test_what_chooses_may_be_the_same_again_and_again(phone: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("complain", "complain")
    assert [await phone.say(text) for text in ("nul", "non", "non", "non", "non")] == [["complain"]] * 5


async def test_a_machine_is_answered_once_a_day(phone: Talk) -> None:
    assert await phone.say("Réponse automatique : je suis absent") == ["greet"]
    await later(phone, timedelta(hours=5))
    assert await phone.say("Message automatique, merci de ne pas répondre à ce message") == []
    assert await phone.say("c kan mon rdv") == ["greet"]
    await later(phone, timedelta(hours=30))
    assert await phone.say("Réponse automatique : je suis absent") == ["greet"]


async def test_after_forty_answers_a_number_is_given_and_then_nothing_until_tomorrow(phone: Talk) -> None:
    said = [await phone.say(f"question {number}") for number in range(A_DAY + 3)]
    assert said == [["greet"]] * A_DAY + [[ENOUGH], [], []]
    assert "02 61 91 00 01" in (await phone.messages())[-3].text
    await later(phone, timedelta(days=1))
    assert await phone.say("bonjour") == ["greet"]


async def test_when_the_day_is_used_up_urgent_words_and_stop_are_still_heard(phone: Talk) -> None:
    for number in range(A_DAY + 1):
        await phone.say(f"question {number}")
    assert await phone.say("aide") == []
    assert await phone.say("je veux mourir") == ["emergency_distress"]
    assert await phone.say("STOP") == ["stop_sms"]


async def test_what_gets_no_answer_is_not_left_to_anybody(phone: Talk) -> None:
    for _ in range(3):
        await phone.say("bip bip")
    assert (await phone.messages())[-1].status is MessageStatus.answered


async def test_on_a_page_the_same_text_is_always_answered(talk: Talk) -> None:
    for _ in range(4):
        assert await talk.say("bip bip") == ["greet"]
