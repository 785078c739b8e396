"""STOP, START, AIDE and a wrong number are obeyed at once, by whoever has the conversation, and confirmed once."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from api.conversations import silence
from api.conversations.orders import TOLD
from api.conversations.sms_tables import OutgoingSms, Silence, SilentNumber, SmsKind, SmsStatus
from api.conversations.sms_words import Command
from api.conversations.tables import Conversation, Mode
from api.core.clock import now
from api.core.database import Database
from api.core.sealing import Sealer
from api.escalations.tables import Escalation, Kind, Priority
from tests import factories
from tests.scripted_rasa import ScriptedRasa, says
from tests.talking import Talk

PHONE = "+33639980012"


@pytest.fixture
def phone(house: Database, sealer: Sealer, rasa: ScriptedRasa) -> Talk:
    """A telephone that has not written yet."""
    return Talk(house, sealer, rasa.client())


async def owned(phone: Talk, **given: object) -> None:
    async with phone.database.transaction() as session:
        await factories.person(session, phone=PHONE, **given)
    await phone.ring(PHONE)


async def why(phone: Talk) -> Silence | None:
    async with phone.database.transaction() as session:
        return await silence.silenced(session, PHONE)


async def told(phone: Talk) -> list[Escalation]:
    async with phone.database.transaction() as session:
        return list(await session.scalars(select(Escalation)))


async def put_out(phone: Talk, kind: SmsKind, goes_in: timedelta = timedelta()) -> None:
    """Something waits to leave for this telephone."""
    async with phone.database.transaction() as session:
        session.add(OutgoingSms(phone=PHONE, sender="Hent", kind=kind, text="…", next_attempt_at=now() + goes_in))


async def waiting(phone: Talk) -> list[SmsKind]:
    async with phone.database.transaction() as session:
        rows = select(OutgoingSms.kind).where(OutgoingSms.status == SmsStatus.queued, OutgoingSms.text == "…")
        return sorted(await session.scalars(rows))


async def take_over(phone: Talk, mode: Mode) -> None:
    async with phone.database.transaction() as session:
        await session.execute(update(Conversation).values(mode=mode))


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize(
    ("text", "answer"),
    [("Stop", "stop_sms"), ("reprise", "sms_started"), ("AIDE", "sms_help"), ("c pas moi", "sms_wrong_number")],
)
async def test_an_order_is_obeyed_whoever_has_the_conversation(
    phone: Talk, rasa: ScriptedRasa, mode: Mode, text: str, answer: str
) -> None:
    await owned(phone)
    await take_over(phone, mode)
    assert await phone.say(text) == [answer]
    assert rasa.asked == []
    assert (await phone.conversation()).mode is mode


async def test_on_a_page_the_same_word_is_a_question(talk: Talk, rasa: ScriptedRasa) -> None:
    assert await talk.say("STOP") == ["greet"]
    assert len(rasa.asked) == 1


async def test_what_is_urgent_comes_before_any_order(phone: Talk) -> None:
    await owned(phone)
    assert await phone.say("stop je veux mourir") == ["emergency_distress"]
    assert await why(phone) is None


async def test_a_stop_is_confirmed_once_with_a_number_and_cancels_nothing(phone: Talk) -> None:
    await owned(phone)
    assert await phone.say("STOP") == ["stop_sms"]
    text = (await phone.messages())[-1].text
    assert "02 61 91 00 01" in text
    assert "prévu reste prévu" in text
    assert await phone.say("arret sms") == []
    assert await why(phone) is Silence.stop


async def test_who_follows_the_person_learns_of_a_stop_once_and_nothing_rings(phone: Talk) -> None:
    await owned(phone)
    for text in ("STOP", "START", "stop"):
        await phone.say(text)
    (row,) = await told(phone)
    assert (row.line, row.kind, row.priority) == (TOLD[Command.stop], Kind.to_know, Priority.normal)


async def test_after_a_stop_questions_are_answered(phone: Talk) -> None:
    await owned(phone)
    await phone.say("STOP")
    assert await phone.say("bonjour") == ["greet"]


async def test_start_undoes_a_stop(phone: Talk) -> None:
    await owned(phone)
    await phone.say("STOP")
    assert await phone.say("START") == ["sms_started"]
    assert await why(phone) is None
    assert await phone.say("STOP") == ["stop_sms"]


async def test_a_sentence_that_rasa_understands_stops_as_well_and_is_always_answered(
    phone: Talk, rasa: ScriptedRasa
) -> None:
    await owned(phone)
    rasa.answer = lambda asked: says("stop_sms", "stop_sms")
    for text in ("j en veux plus de vos textos la", "plus rien sur mon tel svp"):
        assert await phone.say(text) == ["stop_sms"]
    assert await why(phone) is Silence.stop
    assert len(await told(phone)) == 1


async def test_on_a_page_a_sentence_about_sms_stops_nothing(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("stop_sms", "stop_sms")
    assert await talk.say("plus de textos svp") == ["stop_sms"]
    async with talk.database.transaction() as session:
        assert list(await session.scalars(select(SilentNumber))) == []


async def test_a_stop_holds_back_what_we_start_and_not_what_was_asked(phone: Talk) -> None:
    await owned(phone)
    for kind in SmsKind:
        await put_out(phone, kind)
    await phone.say("STOP")
    assert await waiting(phone) == sorted(set(SmsKind) - {SmsKind.nudge, SmsKind.reminder})


async def test_a_stop_holds_back_what_a_caseworker_wrote_for_the_morning(phone: Talk) -> None:
    await owned(phone)
    await put_out(phone, SmsKind.reply, timedelta(hours=9))
    await phone.say("STOP")
    assert await waiting(phone) == []


async def test_nothing_more_leaves_for_a_wrong_number_but_the_answer(phone: Talk) -> None:
    await owned(phone)
    for kind in SmsKind:
        await put_out(phone, kind)
    assert await phone.say("mauvais numéro") == ["sms_wrong_number"]
    assert await waiting(phone) == []
    assert await phone.say("c pas moi !") == []


async def test_a_wrong_number_gets_the_same_words_whoever_has_it(phone: Talk) -> None:
    texts = set()
    for given in ({}, {"first_name": "Yann", "phone": "+33639980013"}, {"confidential": True, "phone": "+33639980014"}):
        async with phone.database.transaction() as session:
            person = await factories.person(session, **({"phone": PHONE} | given))
        await phone.ring(person.phone or "")
        await phone.say("mauvais numéro")
        texts.add((await phone.messages())[-1].text)
    await phone.ring("+33639980099")
    await phone.say("mauvais numéro")
    assert texts == {(await phone.messages())[-1].text}


async def test_everybody_who_has_the_number_is_to_be_checked(phone: Talk) -> None:
    await owned(phone)
    await owned(phone, first_name="Yann")
    await phone.say("vous vous trompez de personne")
    rows = await told(phone)
    assert len({row.beneficiary_id for row in rows}) == 2
    assert {(row.line, row.kind) for row in rows} == {(TOLD[Command.wrong_number], Kind.to_know)}
    # Who wrote is a stranger: what they wrote is nobody's file.
    assert {row.conversation_id for row in rows} == {None}


async def test_a_wrong_number_hears_nothing_of_the_file_even_after_start(phone: Talk, rasa: ScriptedRasa) -> None:
    await owned(phone)
    await phone.say("c'est pas moi")
    await phone.say("START")
    assert await why(phone) is Silence.wrong_number
    rasa.answer = lambda asked: says("ask_next_appointment", "appointment_none")
    assert await phone.say("c kan mon rdv") == ["cannot_say_here"]


async def test_a_wrong_number_takes_the_place_of_a_stop_and_a_stop_not_of_it(phone: Talk) -> None:
    await owned(phone)
    await phone.say("STOP")
    assert await phone.say("mauvais numero") == ["sms_wrong_number"]
    assert await phone.say("STOP") == []
    assert await why(phone) is Silence.wrong_number


@pytest.mark.parametrize("text", ["", "  ", "[image]", "\x00"])
async def test_a_picture_by_sms_gets_a_way(phone: Talk, text: str) -> None:
    await owned(phone)
    assert await phone.say(text) == ["sms_picture"]
