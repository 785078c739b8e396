"""Urgent words ring at a desk whoever has the conversation, and change nothing of what the person is told."""

from uuid import UUID

import pytest
import pytest_asyncio
from sqlalchemy import select

from api.caseworkers.tables import Caseworker
from api.conversations.tables import Conversation, Mode
from api.core.clock import now
from api.core.database import Database
from api.core.sealing import Sealer
from api.desk import feed
from api.desk.tables import FeedEvent
from api.escalations.events import thread_of
from api.escalations.service import Asked, ask_human
from api.escalations.tables import Escalation, Event, Kind, Priority, Reason
from api.escalations.urgency import alarm
from api.privacy.audience import Channel
from tests import factories
from tests.scripted_rasa import ScriptedRasa, says
from tests.talking import Talk

URGENT = "je veux mourir"


@pytest.fixture
def rasa() -> ScriptedRasa:
    return ScriptedRasa()


@pytest_asyncio.fixture
async def worker(database: Database) -> Caseworker:
    async with database.transaction() as session:
        return await factories.caseworker(session)


@pytest_asyncio.fixture
async def talk(worker: Caseworker, database: Database, sealer: Sealer, rasa: ScriptedRasa) -> Talk:
    return await Talk(database, sealer, rasa.client()).begin()


async def requests(talk: Talk) -> list[Escalation]:
    async with talk.database.transaction() as session:
        return list(await session.scalars(select(Escalation).order_by(Escalation.created_at)))


async def events(talk: Talk, of: UUID) -> list[Event]:
    async with talk.database.transaction() as session:
        return [one.event for one in await thread_of(session, of)]


async def told(talk: Talk, worker: Caseworker) -> list[FeedEvent]:
    async with talk.database.transaction() as session:
        return await feed.since(session, worker.organisation_id, 0)


async def asked_before(talk: Talk, reason: Reason = Reason.asked, owner: UUID | None = None) -> UUID:
    async with talk.database.transaction() as session:
        row = (await ask_human(session, Asked(reason, "un conseiller", "cd29", Channel.web, talk.id), now())).escalation
        row.owner_id = owner
        return row.id


async def test_what_cannot_wait_opens_a_request_that_rings(talk: Talk, worker: Caseworker) -> None:
    assert await talk.say(URGENT) == ["emergency_distress"]

    [row] = await requests(talk)
    assert (row.reason, row.priority, row.kind, row.line) == (Reason.urgent, Priority.urgent, Kind.to_answer, URGENT)
    assert (row.organisation_id, row.conversation_id) == (worker.organisation_id, talk.id)
    assert [(one.rings, one.urgent) for one in await told(talk, worker)] == [(True, True)]
    assert (await talk.conversation()).mode is Mode.assistant


async def test_what_rasa_alone_understood_as_urgent_rings_too(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("emergency_shelter", "emergency_shelter")
    assert await talk.say("ils ont changé la serrure") == ["emergency_shelter"]
    assert [row.reason for row in await requests(talk)] == [Reason.urgent]


async def test_said_twice_it_is_one_request_that_rings_again(talk: Talk, worker: Caseworker) -> None:
    await talk.say(URGENT)
    await talk.say("je vais me tuer")
    [row] = await requests(talk)
    assert await events(talk, row.id) == [Event.opened, Event.repeated]
    assert [one.urgent for one in await told(talk, worker) if one.rings][-1]


@pytest.mark.parametrize("taken", [False, True])
async def test_an_open_request_is_raised_with_the_words_that_raised_it(
    talk: Talk, worker: Caseworker, taken: bool
) -> None:
    request = await asked_before(talk, owner=worker.id if taken else None)
    await talk.say(URGENT)

    [row] = await requests(talk)
    assert (row.id, row.reason, row.priority) == (request, Reason.asked, Priority.urgent)
    assert row.version == 0, "whoever is about to take it is not refused for this"
    async with talk.database.transaction() as session:
        assert [(one.event, one.text) for one in await thread_of(session, row.id)][-1] == (Event.raised, URGENT)


async def test_a_course_that_was_asked_for_is_another_matter(talk: Talk) -> None:
    await asked_before(talk, Reason.training_application)
    await talk.say(URGENT)
    assert [(row.reason, row.priority) for row in await requests(talk)] == [
        (Reason.training_application, Priority.normal),
        (Reason.urgent, Priority.urgent),
    ]


async def test_it_rings_while_a_caseworker_has_the_conversation(talk: Talk) -> None:
    async with talk.database.transaction() as session:
        (await session.get_one(Conversation, talk.id)).mode = Mode.caseworker
    assert await talk.say(URGENT) == ["emergency_distress"]
    assert [row.reason for row in await requests(talk)] == [Reason.urgent]
    assert (await talk.conversation()).mode is Mode.caseworker


async def test_what_somebody_is_taking_at_this_moment_is_not_waited_for(talk: Talk) -> None:
    """A desk locks the request, then its conversation: whoever has the conversation must not wait for the request."""
    request = await asked_before(talk)
    async with talk.database.transaction() as desk, talk.database.transaction() as session:
        await desk.get_one(Escalation, request, with_for_update={"key_share": True})
        conversation = await session.get_one(Conversation, talk.id, with_for_update=True)
        row = await alarm(session, conversation, None, URGENT, now())
        assert (row.reason, row.priority) == (Reason.urgent, Priority.urgent)


async def test_somebody_who_is_known_rings_at_their_own_team_with_their_number(talk: Talk, sealer: Sealer) -> None:
    phone = "+33639980031"
    async with talk.database.transaction() as session:
        team = await factories.organisation(session, name="CDAS de Quimper")
        person = await factories.person(session, phone=phone, organisation_id=team.id)
    await talk.ring(phone)
    await talk.say(URGENT)
    [row] = await requests(talk)
    assert (row.organisation_id, row.beneficiary_id, row.phone) == (team.id, person.id, phone)


async def test_an_ordinary_message_alarms_nobody(talk: Talk) -> None:
    await talk.say("bonjour")
    assert await requests(talk) == []
