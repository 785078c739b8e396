"""Reminders go to the telephone that writes, to a proven person's own mobile, or onto the page; or nowhere."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.silence import silence
from api.conversations.sms_tables import Silence
from api.conversations.tables import Conversation
from api.letters.keeping import Where
from api.letters.places import place_of
from api.privacy.audience import Audience, Channel, Level
from tests import factories

PHONE = "+33639980001"
ON_A_PAGE = Audience(Channel.web, Level.code)
BY_SMS = Audience(Channel.sms, Level.nobody)


@pytest.fixture
async def talk(session: AsyncSession) -> Conversation:
    """A page of nobody in particular."""
    return await factories.conversation(session)


async def test_a_telephone_that_writes_is_written_to(session: AsyncSession, talk: Conversation) -> None:
    assert await place_of(session, talk.id, None, BY_SMS, PHONE) == Where(talk.id, None, PHONE)


@pytest.mark.parametrize(
    ("level", "phone", "reached"),
    [
        (Level.code, PHONE, PHONE),
        (Level.link, PHONE, PHONE),
        (Level.nobody, PHONE, None),
        (Level.code, None, None),
        (Level.code, "+33261910077", None),
    ],
)
async def test_on_a_page_only_a_proven_person_with_a_mobile_is_written_to(
    session: AsyncSession, talk: Conversation, level: Level, phone: str | None, reached: str | None
) -> None:
    person = await factories.person(session, phone=phone)
    audience = Audience(Channel.web, level)
    assert await place_of(session, talk.id, person, audience, None) == Where(talk.id, person.id, reached)


async def test_a_number_that_is_shared_or_silent_leaves_the_page(session: AsyncSession, talk: Conversation) -> None:
    person = await factories.person(session, phone=PHONE)
    other = await factories.person(session, phone=PHONE)
    assert await place_of(session, talk.id, person, ON_A_PAGE, None) == Where(talk.id, person.id, None)
    other.phone = None
    await silence(session, PHONE, Silence.stop)
    assert await place_of(session, talk.id, person, ON_A_PAGE, None) == Where(talk.id, person.id, None)


async def test_a_telephone_of_a_hidden_file_and_a_silent_one_are_left_alone(
    session: AsyncSession, talk: Conversation
) -> None:
    hidden = await factories.person(session, phone=PHONE, confidential=True)
    assert await place_of(session, talk.id, None, BY_SMS, PHONE) is None
    assert await place_of(session, talk.id, hidden, ON_A_PAGE, None) is None
    await silence(session, "+33639980002", Silence.stop)
    assert await place_of(session, talk.id, None, BY_SMS, "+33639980002") is None


async def test_whoever_told_of_violence_is_offered_none(session: AsyncSession, talk: Conversation) -> None:
    (await factories.turn(session, talk)).intent = "emergency_violence"
    await session.flush()
    assert await place_of(session, talk.id, None, Audience(Channel.web, Level.nobody), None) is None
