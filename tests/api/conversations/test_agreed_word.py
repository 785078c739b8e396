"""By SMS the word agreed with the caseworker says who writes, even on a shared number, and opens what it should."""

import pytest
from sqlalchemy import update

from api.conversations.service import DOTS, IDLE_FOR
from api.conversations.tables import Conversation, Mode
from api.core.database import Database
from api.core.sealing import Sealer
from api.identity.service import digest_word
from api.privacy.audience import Level
from tests import factories
from tests.scripted_rasa import ScriptedRasa, says
from tests.talking import Talk

PHONE = "+33639980012"


@pytest.fixture
async def phone(house: Database, sealer: Sealer, rasa: ScriptedRasa) -> Talk:
    """The telephone of two people, one of whom has a word; they ask where they are in their pathway."""
    talk = Talk(house, sealer, rasa.client())
    async with house.transaction() as session:
        await factories.person(session, phone=PHONE, agreed_word_digest=digest_word(sealer, "Bruyère"))
        await factories.person(session, phone=PHONE, first_name="Yann")
    rasa.answer = lambda asked: says("ask_pathway_status", "pathway_unknown")
    return await talk.ring(PHONE)


@pytest.mark.parametrize("word", ["bruyere", "BRUYÈRE", "c'est bruyère", "le mot est bruyère"])
async def test_the_word_opens_and_what_was_refused_is_answered(phone: Talk, rasa: ScriptedRasa, word: str) -> None:
    assert await phone.say("ou jen sui") == ["cannot_say_here"]
    assert await phone.say(word) == ["identified", "pathway_unknown"]
    assert (await phone.conversation()).level is Level.link
    assert len(rasa.asked) == 2
    assert "parcours" in (await phone.messages())[-1].text


async def test_the_word_stays_nowhere_and_rasa_never_hears_it(phone: Talk, rasa: ScriptedRasa) -> None:
    await phone.say("bruyere")
    assert [message.text for message in await phone.messages()] == [DOTS, "Merci, c'est bien vous."]
    assert rasa.asked == []


@pytest.mark.parametrize("text", ["ajonc", "Maëlle", "c'est quoi bruyère ?", "je me promène dans la bruyère"])
async def test_anything_else_is_a_question(phone: Talk, rasa: ScriptedRasa, text: str) -> None:
    assert await phone.say(text) == ["cannot_say_here"]
    assert (await phone.conversation()).level is Level.nobody


async def test_after_half_an_hour_of_silence_the_word_is_to_be_given_again(phone: Talk) -> None:
    await phone.say("bruyere")
    async with phone.database.transaction() as session:
        await session.execute(
            update(Conversation).values(last_activity_at=Conversation.last_activity_at - IDLE_FOR * 1.1)
        )
    assert await phone.say("ou jen sui") == ["cannot_say_here"]


async def test_a_confidential_file_is_opened_by_no_word(house: Database, sealer: Sealer, rasa: ScriptedRasa) -> None:
    async with house.transaction() as session:
        word = digest_word(sealer, "ajonc")
        await factories.person(session, phone=PHONE, agreed_word_digest=word, confidential=True)
    talk = await Talk(house, sealer, rasa.client()).ring(PHONE)
    rasa.answer = lambda asked: says("ask_pathway_status", "pathway_unknown")
    assert await talk.say("ajonc") == ["cannot_say_here"]


async def test_a_word_that_two_people_have_names_neither(phone: Talk, sealer: Sealer) -> None:
    async with phone.database.transaction() as session:
        await factories.person(
            session, phone=PHONE, first_name="Goulven", agreed_word_digest=digest_word(sealer, "bruyere")
        )
    assert await phone.say("bruyere") == ["cannot_say_here"]


async def test_no_word_opens_on_a_strangers_telephone(phone: Talk) -> None:
    await phone.say("mauvais numéro")
    assert await phone.say("bruyere") == ["cannot_say_here"]


async def test_what_is_written_to_a_caseworker_is_theirs(phone: Talk) -> None:
    async with phone.database.transaction() as session:
        await session.execute(update(Conversation).values(mode=Mode.caseworker))
    assert await phone.say("bruyere") == []
    assert (await phone.conversation()).level is Level.nobody
