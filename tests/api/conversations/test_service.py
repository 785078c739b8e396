"""What came in is stored once, readable by nobody who should not, before anything is done with it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update

from api.conversations import service
from api.conversations.flood import WAITING_AT_MOST
from api.conversations.tables import Author, Conversation
from api.core.clock import now
from api.core.database import Database
from api.core.errors import HentError, NotAllowed, TooLarge, TooMany, Unreadable
from api.core.sealing import Sealer
from api.privacy.audience import Level
from tests import factories
from tests.talking import Talk


async def test_the_same_reference_twice_is_one_row_and_the_same_answer(talk: Talk) -> None:
    first = await talk.write("bonjour", reference="one")
    assert await talk.write("bonjour", reference="one") == first
    assert len(await talk.messages()) == 1


async def test_a_reference_of_another_conversation_is_nobody_elses(talk: Talk, sealer: Sealer) -> None:
    other = await Talk(talk.database, sealer, talk.rasa).begin()
    await talk.write("mon secret", reference="one")
    await other.write("autre chose", reference="one")
    assert [message.text for message in await other.messages()] == ["autre chose"]


async def test_a_token_opens_its_conversation_only(house: Database, sealer: Sealer) -> None:
    async with house.transaction() as session:
        conversation, token = await service.begin(session, sealer, "cd29", None)
        assert (await service.by_token(session, sealer, token)).id == conversation.id
        with pytest.raises(NotAllowed):
            await service.by_token(session, sealer, token[:-1] + ("a" if token[-1] != "a" else "b"))


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        pytest.param("", Unreadable, id="empty"),
        pytest.param(" \n\t\u200b\u200d ", Unreadable, id="only spaces and joiners"),
        pytest.param("\x00\x00", Unreadable, id="only NULs"),
        pytest.param("a" * 4001, TooLarge, id="too long"),
        pytest.param("é" * 10_000, TooLarge, id="ten thousand signs"),
    ],
)
async def test_what_cannot_be_read_is_refused_in_french(talk: Talk, text: str, refusal: type[HentError]) -> None:
    with pytest.raises(refusal) as refused:
        await talk.write(text)
    assert refused.value.message.endswith(".")
    assert await talk.messages() == []


@pytest.mark.parametrize(
    "text", ["👍", "/restart", '/intent{"x": 1}', "<b>gras</b>", "'; DROP TABLE messages; --", "a\u200db", "x\ud800y"]
)
async def test_strange_texts_are_stored_as_they_are_read(talk: Talk, text: str) -> None:
    await talk.write(text)
    assert (await talk.messages())[0].text == text.replace("\ud800", "")


async def test_a_forged_choice_is_refused(talk: Talk) -> None:
    with pytest.raises(Unreadable):
        await talk.write("oui", choice=uuid4())


async def test_a_choice_is_good_only_where_it_was_offered(talk: Talk, sealer: Sealer) -> None:
    await talk.say("bonjour")
    value = next(iter((await talk.choices()).values()))
    other = await Talk(talk.database, sealer, talk.rasa).begin()
    with pytest.raises(Unreadable):
        await other.write("x", choice=value)


async def test_a_flood_is_stopped_and_nothing_accepted_is_lost(talk: Talk) -> None:
    accepted = refused = 0
    for number in range(200):
        try:
            await talk.write(f"message {number}")
            accepted += 1
        except TooMany:
            refused += 1
    assert (accepted, refused) == (WAITING_AT_MOST, 200 - WAITING_AT_MOST)
    assert await talk.answer() == accepted
    answered = [message for message in await talk.messages() if message.author is Author.assistant]
    assert len(answered) == accepted


async def test_numbers_that_nobody_should_write_are_masked_before_the_row_exists(talk: Talk) -> None:
    await talk.write("mon iban FR76 3000 6000 0112 3456 7890 189 merci")
    assert "3456" not in (await talk.messages())[0].text


async def test_silence_of_half_an_hour_forgets_who_was_speaking(talk: Talk) -> None:
    async with talk.database.transaction() as session:
        someone = await factories.person(session)
        row = await session.get_one(Conversation, talk.id)
        service.identify(row, someone.id, Level.code, now())
    async with talk.database.transaction() as session:
        long_ago = now() - service.IDLE_FOR - timedelta(seconds=1)
        await session.execute(update(Conversation).values(last_activity_at=long_ago))
    await talk.write("c kan mon rdv")
    row = await talk.conversation()
    assert (row.level, row.beneficiary_id) == (Level.nobody, None)
