"""What answers a question that we sent by ourselves is done without Rasa, once; anything else is a question."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import delete, select, update

from api.appointments.tables import Appointment, Reminder, ReminderKind
from api.conversations import leases
from api.conversations.opening import open_turn
from api.conversations.sms_tables import OutgoingSms
from api.conversations.speaking import say
from api.conversations.tables import Author, Choice, Conversation, Mode
from api.core.clock import now
from api.core.database import Database
from api.core.sealing import Sealer
from api.privacy.audience import Channel
from api.texts.schemas import Saying
from api.texts.service import speak
from api.texts.voice import read_voice
from tests import factories
from tests.scripted_rasa import ScriptedRasa, says
from tests.talking import Talk

PHONE = "+33639980012"


@pytest.fixture
async def phone(house: Database, sealer: Sealer, rasa: ScriptedRasa) -> Talk:
    """Somebody who was reminded of the appointment that they have in two days."""
    talk = Talk(house, sealer, rasa.client())
    async with house.transaction() as session:
        person = await factories.person(session, phone=PHONE)
        visit = await factories.appointment(session, person, now() + timedelta(days=2))
        ask = Reminder(
            subject=str(visit.id), kind=ReminderKind.one_day, beneficiary_id=person.id, appointment_id=visit.id
        )
        session.add(ask)
        await session.flush()
        ask_id = str(ask.id)
    await talk.ring(PHONE)
    async with house.transaction() as session:
        conversation = await session.get_one(Conversation, talk.id)
        spoken = speak(
            [Saying("reminder_reply", {"ask": ask_id, "phone": "+33261910010"})],
            Channel.sms,
            await read_voice(session, factories.AUTHORITY),
        )
        message = await say(session, conversation, Author.system, spoken)
        await session.flush()
        sms = select(OutgoingSms.id).where(OutgoingSms.message_id == message.id)
        await session.execute(update(Reminder).values(sms_id=await session.scalar(sms)))
    return talk


async def confirmed(phone: Talk) -> bool:
    async with phone.database.transaction() as session:
        return (await session.scalars(select(Appointment.confirmed_at))).one() is not None


@pytest.mark.parametrize("mode", list(Mode))
async def test_an_answer_is_heard_without_rasa_whoever_has_the_conversation(
    phone: Talk, rasa: ScriptedRasa, mode: Mode
) -> None:
    async with phone.database.transaction() as session:
        await session.execute(update(Conversation).values(mode=mode))
    assert await phone.say("oui je vien") == ["confirm_done"]
    assert rasa.asked == []
    assert await confirmed(phone)


async def test_a_card_in_another_language_leaves_the_question_open(phone: Talk) -> None:
    assert await phone.say("متى موعدي القادم؟") == ["language_ar"]
    assert await phone.say("oui") == ["confirm_done"]
    assert await confirmed(phone)


async def test_an_attempt_that_died_is_made_again_and_confirms_once(phone: Talk, rasa: ScriptedRasa) -> None:
    for text in ("OUI", "merci"):
        await phone.write(text)
    await phone.pause(2)
    async with phone.database.transaction() as session:
        ((conversation_id, lease),) = await leases.claim(session, 1)
    async with phone.database.transaction() as session:
        assert await open_turn(session, phone.sealer, conversation_id, lease)  # …and the worker dies here.
    async with phone.database.transaction() as session:
        await session.execute(update(Conversation).values(leased_until=now()))
    assert await phone.answer() == 1
    assert [message.says for message in await phone.messages()][1:] == [[], [], ["confirm_done"]]
    assert await phone.say("oui", (await phone.choices())["Oui, je viens"]) != ["confirm_done"]
    assert rasa.asked == []


async def test_what_is_no_answer_is_a_question(phone: Talk, rasa: ScriptedRasa) -> None:
    assert await phone.say("c ou le rdv") == ["greet"]
    assert len(rasa.asked) == 1
    assert not await confirmed(phone)


async def test_after_an_answer_with_numbered_lines_a_yes_is_still_to_the_reminder(
    phone: Talk, rasa: ScriptedRasa
) -> None:
    rasa.answer = lambda asked: says("rsa_overpayment", "rsa_overpayment")
    await phone.say("jai un trop percu")
    assert "Répondez 1 ou 2." in (await phone.messages())[-1].text
    assert await phone.say("OUI") == ["confirm_done"]


@pytest.mark.parametrize("gone", ["row", "name"])
async def test_an_answer_to_what_is_no_question_of_ours_any_more_goes_on_as_one(
    phone: Talk, rasa: ScriptedRasa, gone: str
) -> None:
    async with phone.database.transaction() as session:
        if gone == "row":
            await session.execute(delete(Reminder))
        else:
            await session.execute(update(Choice).values(payload={"ask": str(uuid4()), "answer": "yes"}))
    assert await phone.say("oui") == ["greet"]
    assert (rasa.asked[-1]["text"], rasa.asked[-1]["intent"]) == ("oui", None)


async def test_a_wrong_number_answers_for_nobody(phone: Talk) -> None:
    await phone.write("mauvais numéro")
    await phone.answer()
    async with phone.database.transaction() as session:
        # What was asked last is the reminder again: the suspended telephone still shows it.
        await session.execute(update(Choice).values(message_id=(await phone.messages())[-1].id))
    assert await phone.say("oui") == ["cannot_say_here"]
    assert not await confirmed(phone)
