"""Somebody was promised a person of the service: the assistant is silent, and nothing that they write is lost."""

from datetime import timedelta

import pytest
import pytest_asyncio
from sqlalchemy import select, update

from api.beneficiaries.tables import Beneficiary
from api.conversations import service
from api.conversations.service import DOTS
from api.conversations.tables import Author, Conversation, Draft, MessageStatus, Mode, Turn
from api.core.clock import now
from api.core.database import Database
from api.escalations.events import closed
from api.escalations.service import Asked, ask_human
from api.escalations.tables import Escalation, Priority, Reason
from api.privacy.audience import Level
from api.texts.tables import TextVersion
from tests import factories
from tests.scripted_rasa import ScriptedRasa, says
from tests.talking import Talk

PHONE, OTHER = "+33639980041", "+33639980042"
URGENT = {"je veux mourir": "emergency_distress", "mon mari me frappe": "emergency_violence"}


@pytest_asyncio.fixture
async def house(database: Database) -> Database:
    """One authority that says in plain words that somebody will answer."""
    async with database.transaction() as session:
        team = await factories.organisation(session)
        words = {
            "authority_code": team.authority_code,
            "version": 1,
            "approved_by": "test",
            "web": "C'est noté.",
            "sms": "C'est noté.",
        }
        session.add_all([TextVersion(name=name, **words) for name in ("human_asked", "human_asked_nowhere")])
    return database


async def wanted(talk: Talk, rasa: ScriptedRasa, *, reason: Reason = Reason.asked) -> list[str]:
    """A human is asked for, as the assistant's action does; what is said of it."""
    async with talk.database.transaction() as session:
        conversation = await session.get_one(Conversation, talk.id)
        asked = Asked(reason, "je veux parler à quelqu'un", factories.AUTHORITY, conversation.channel, talk.id)
        await ask_human(session, asked, now())
    rasa.answer = lambda asked: says("request_human", "human_asked")
    said = await talk.say("je veux parler à quelqu'un")
    rasa.answer = lambda asked: says("greet", "greet")
    rasa.asked.clear()
    return said


async def identified(talk: Talk, **given: object) -> Beneficiary:
    async with talk.database.transaction() as session:
        person = await factories.person(session, **({"phone": PHONE} | given))
        service.identify(await session.get_one(Conversation, talk.id), person.id, Level.link, now())
        return person


async def request(talk: Talk) -> Escalation:
    async with talk.database.transaction() as session:
        mine = select(Escalation).where(Escalation.conversation_id == talk.id, Escalation.reason != Reason.urgent)
        return (await session.scalars(mine)).one()


async def press(talk: Talk, title: str) -> list[str]:
    return await talk.say("", (await talk.choices())[title])


async def test_once_somebody_is_promised_the_assistant_is_silent_for_an_hour_at_most(
    talk: Talk, rasa: ScriptedRasa
) -> None:
    assert await wanted(talk, rasa) == ["human_asked", "waiting_ask_number"]
    row = await talk.conversation()
    assert (row.mode, row.mode_version) == (Mode.waiting, 1)
    assert row.waiting_until
    assert timedelta(minutes=59) < row.waiting_until - now() <= timedelta(hours=1)
    await talk.say("mon loyer est impayé")
    assert rasa.asked == []


async def test_what_is_written_is_kept_and_that_is_told_once_in_two_minutes(talk: Talk, rasa: ScriptedRasa) -> None:
    await wanted(talk, rasa)
    assert await talk.say("mon loyer est impayé") == ["waiting_kept"]
    assert (await talk.messages())[-1].author is Author.system
    assert await talk.say("depuis deux mois") == []
    kept = [message for message in await talk.messages() if message.status is MessageStatus.left_to_human]
    assert [message.text for message in kept] == ["mon loyer est impayé", "depuis deux mois"]
    async with talk.database.transaction() as session:
        await session.execute(update(Conversation).values(told_waiting_at=now() - timedelta(minutes=2)))
    assert await talk.say("et le propriétaire insiste") == ["waiting_kept"]


@pytest.mark.parametrize(
    "given", [{"reason": Reason.callback}, {"priority": Priority.urgent}, {"owned": True}], ids=lambda given: str(given)
)
async def test_an_agreed_call_an_urgency_and_what_somebody_has_outlive_it(
    talk: Talk, rasa: ScriptedRasa, given: dict[str, object]
) -> None:
    await wanted(talk, rasa)
    async with talk.database.transaction() as session:
        if given.pop("owned", False):
            given["owner_id"] = (await factories.caseworker(session)).id
        await session.execute(update(Escalation).values(**given))
    await talk.say("annuler")
    assert "reste noté" in (await talk.messages())[-1].text
    row = await request(talk)
    async with talk.database.transaction() as session:
        assert await closed(session, [row.id]) == set()


async def test_what_was_offered_is_answered_pressed_or_typed_and_the_person_goes_on_waiting(
    talk: Talk, rasa: ScriptedRasa
) -> None:
    await wanted(talk, rasa)
    rasa.answer = lambda asked: says("request_callback", "callback_ask_number")
    assert await press(talk, "Choisir quand être rappelé") == ["callback_ask_number"]
    assert await talk.say("06 39 98 00 41") == ["callback_ask_number"]
    assert [asked["intent"]["name"] for asked in rasa.asked] == ["request_callback"] * 2
    assert (await talk.conversation()).mode is Mode.waiting


@pytest.mark.parametrize("mode", [Mode.waiting, Mode.caseworker])
@pytest.mark.parametrize("text", URGENT)
async def test_urgent_words_are_answered_whoever_is_waited_for(talk: Talk, mode: Mode, text: str) -> None:
    async with talk.database.transaction() as session:
        await session.execute(update(Conversation).values(mode=mode, waiting_until=now() + timedelta(hours=1)))
    assert await talk.say(text) == [URGENT[text]]
    answer = (await talk.messages())[-1]
    assert answer.author is Author.assistant
    assert any(number in answer.text for number in ("3114", "3919"))
    assert (await talk.conversation()).mode is mode


async def test_a_check_that_was_open_does_not_take_the_number_for_itself(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("ask_next_appointment", "identify_first")
    assert await talk.say("c kan mon rdv") == ["ask_number"]
    await wanted(talk, rasa)
    assert await talk.say("06 39 98 00 41") == ["waiting_number"]
    assert DOTS not in [message.text for message in await talk.messages()]


async def test_what_answers_a_check_begun_while_waiting_is_hidden(talk: Talk, rasa: ScriptedRasa) -> None:
    await wanted(talk, rasa)
    rasa.answer = lambda asked: says("ask_next_appointment", "identify_first")
    assert await press(talk, "Choisir quand être rappelé") == ["ask_number"]
    seq = await talk.write("06 39 98 00 41")
    assert (await talk.messages(seq - 1))[0].text == DOTS
    await talk.answer()
    assert (await talk.messages())[-1].says == ["ask_birth_date"]
    assert await talk.say("annuler") == ["waiting_withdrawn"]
    assert await talk.say("bonjour") == ["ask_number"]


async def test_a_masked_number_is_said_while_waiting_too(talk: Talk, rasa: ScriptedRasa) -> None:
    await wanted(talk, rasa)
    said = await talk.say("mon iban FR76 3000 6000 0112 3456 7890 189")
    assert said == ["masked_notice", "waiting_kept"]


async def test_asked_again_by_a_button_the_wait_is_as_long_again(talk: Talk, rasa: ScriptedRasa) -> None:
    await wanted(talk, rasa)
    async with talk.database.transaction() as session:
        await session.execute(update(Conversation).values(waiting_until=now() + timedelta(minutes=1)))
    rasa.answer = lambda asked: says("request_human", "human_asked")
    await press(talk, "Choisir quand être rappelé")
    row = await talk.conversation()
    assert row.waiting_until
    assert row.waiting_until > now() + timedelta(minutes=58)
    assert row.mode_version == 1


@pytest.mark.parametrize(
    ("title", "said"), [("Revenir à l'assistant", "waiting_left_asked"), ("Oui, à ce numéro", "waiting_number")]
)
async def test_a_button_of_the_wait_is_answered_when_it_is_over_and_takes_nothing_back(
    talk: Talk, rasa: ScriptedRasa, title: str, said: str
) -> None:
    await identified(talk)
    await wanted(talk, rasa)
    async with talk.database.transaction() as session:
        await session.execute(update(Conversation).values(mode=Mode.assistant, waiting_until=None))
    assert await press(talk, title) == [said]
    assert rasa.asked == []
    row = await request(talk)
    async with talk.database.transaction() as session:
        assert await closed(session, [row.id]) == set()


async def asks_where(talk: Talk) -> None:
    """The promise asked in which commune the person lives."""
    async with talk.database.transaction() as session:
        turn = (await session.scalars(select(Turn).order_by(Turn.started_at.desc()).limit(1))).one()
        facts = {"ask_commune": True}
        session.add(Draft(turn_id=turn.id, action="action_request_human", ordinal=0, say="human_asked", facts=facts))


async def test_a_commune_that_was_asked_for_sends_the_request_there_and_says_who_answers(
    talk: Talk, rasa: ScriptedRasa
) -> None:
    async with talk.database.transaction() as session:
        near = await factories.organisation(session, name="CDAS de Quimper", commune_insee=factories.QUIMPER)
        await factories.caseworker(session, organisation_id=near.id)
    await wanted(talk, rasa)
    await asks_where(talk)
    assert await talk.say("j'habite à Quimper") == ["waiting_placed"]
    assert "CDAS de Quimper" in (await talk.messages())[-1].text
    assert (await request(talk)).organisation_id == near.id
    assert (await talk.conversation()).commune_insee == factories.QUIMPER
    assert await talk.say("Brest") == ["waiting_kept"]


async def test_whoever_erases_their_messages_is_told_nothing_any_more(talk: Talk, rasa: ScriptedRasa) -> None:
    await wanted(talk, rasa)
    await talk.say("06 39 98 00 41")
    await talk.say("annuler")
    rasa.answer = lambda asked: says("delete_data", "conversation_erased")
    await talk.say("efface tout")
    row = await talk.conversation()
    assert (row.nudge_phone, row.commune_insee) == (None, None)
