"""A message to a list reaches each person once, and what they answer comes to whoever wrote, not to the assistant."""

import asyncio
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Beneficiary
from api.conversations.tables import Author, Conversation, Message, Mode
from api.core.database import Database
from api.core.errors import NotFound, Unreadable
from api.core.sealing import Sealer
from api.desk import acting
from api.desk.people.posting import Order, Posted, post
from api.desk.people.writing import refusals
from api.escalations.events import standing, thread_of
from api.escalations.service import tell
from api.escalations.tables import Escalation, Event, Reason
from tests.api.desk.conftest import NOW, Team
from tests.api.desk.people.conftest import OTHER, PHONE, mine, request_of, sent
from tests.scripted_rasa import ScriptedRasa
from tests.talking import Talk

TEXT = "Bonjour {prenom}, pouvez-vous me rappeler ?"


def order(*people: Beneficiary, text: str = TEXT) -> Order:
    return Order(uuid4(), [one.id for one in people], text)


async def two(team: Team, database: Database) -> list[Beneficiary]:
    async with database.transaction() as session:
        return [await mine(session, team), await mine(session, team, phone=OTHER, first_name="Paol")]


async def test_each_person_is_written_to_by_name_and_the_same_order_is_the_same_message(
    team: Team, database: Database
) -> None:
    wanted = order(*await two(team, database))
    for _ in range(2):
        assert await post(database, team.nolwenn, wanted, NOW) == Posted(2, 0, NOW)
    assert [one.text for one in await sent(database, PHONE)] == [
        "Bonjour Maëlle, pouvez-vous me rappeler ?".replace("ë", "e")
    ]
    assert [one.text for one in await sent(database, OTHER)] == ["Bonjour Paol, pouvez-vous me rappeler ?"]


async def test_sent_twice_at_the_same_instant_it_goes_once(team: Team, database: Database, person: Beneficiary) -> None:
    wanted = order(person)
    await asyncio.gather(*[post(database, team.nolwenn, wanted, NOW) for _ in range(4)])
    assert len(await sent(database)) == 1
    await request_of(database, person)


async def test_a_process_that_dies_on_its_way_leaves_nobody_out_and_writes_to_nobody_twice(
    team: Team, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = order(*await two(team, database))
    calls = 0

    async def dies(session: AsyncSession, row: Escalation, actor_id: UUID) -> None:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise RuntimeError
        await tell(session, row, actor_id)

    monkeypatch.setattr("api.desk.people.posting.tell", dies)
    with pytest.raises(RuntimeError):
        await post(database, team.nolwenn, wanted, NOW)
    assert (len(await sent(database, PHONE)), len(await sent(database, OTHER))) == (1, 0)
    monkeypatch.undo()
    assert (await post(database, team.nolwenn, wanted, NOW)).written == 2
    assert (len(await sent(database, PHONE)), len(await sent(database, OTHER))) == (1, 1)


async def test_the_request_is_ones_own_and_it_is_the_persons_turn(
    team: Team, database: Database, person: Beneficiary
) -> None:
    await post(database, team.nolwenn, order(person), NOW)
    row = await request_of(database, person)
    assert (row.reason, row.owner_id, row.assigned_id, row.answered_at) == (
        Reason.by_caseworker,
        team.nolwenn.id,
        team.nolwenn.id,
        NOW,
    )
    assert row.due_at > NOW
    async with database.transaction() as session:
        events = await thread_of(session, row.id)
    assert [one.event for one in events] == [Event.opened, Event.taken, Event.replied]
    assert standing(events).owner_id == team.nolwenn.id


async def test_what_the_person_answers_comes_to_the_desk_and_the_assistant_is_silent(
    team: Team, database: Database, person: Beneficiary, sealer: Sealer, rasa: ScriptedRasa
) -> None:
    await post(database, team.nolwenn, order(person), NOW)
    talk = await Talk(database, sealer, rasa.client()).ring(PHONE)
    assert await talk.say("oui, demain matin") == []
    row = await request_of(database, person)
    assert (row.conversation_id, row.answered_at) == (talk.id, None)
    async with database.transaction() as session:
        assert (await session.get_one(Conversation, talk.id)).mode is Mode.caseworker
        authors = select(Message.author).where(Message.conversation_id == talk.id).order_by(Message.seq)
        assert list(await session.scalars(authors)) == [Author.caseworker, Author.person]


async def test_a_second_message_goes_on_with_the_same_request(
    team: Team, database: Database, person: Beneficiary
) -> None:
    for _ in range(2):
        await post(database, team.nolwenn, order(person), NOW)
    assert len(await sent(database)) == 2
    await request_of(database, person)


async def test_with_a_closed_request_another_one_is_opened(team: Team, database: Database, person: Beneficiary) -> None:
    await post(database, team.nolwenn, order(person), NOW)
    row = await request_of(database, person)
    async with database.transaction() as session:
        await acting.close(session, team.nolwenn, row.id, row.version, "answered", NOW)
    await post(database, team.nolwenn, order(person), NOW)
    async with database.transaction() as session:
        talk = await session.get_one(Conversation, row.conversation_id)
    assert talk.mode is Mode.caseworker
    with pytest.raises(Exception, match="Multiple"):
        await request_of(database, person)


@pytest.mark.parametrize(("writer", "expected"), [("ronan", "Nolwenn Kerdoncuff"), ("stranger", "Un autre service")])
async def test_nobody_writes_where_a_colleague_is_talking(
    team: Team, database: Database, person: Beneficiary, writer: str, expected: str
) -> None:
    await post(database, team.nolwenn, order(person), NOW)
    who = getattr(team, writer)
    async with database.transaction() as session:
        found = await refusals(session, who, [person])
    assert found == {person.id: f"{expected} échange déjà avec cette personne"}
    if writer == "ronan":
        assert (await post(database, who, order(person), NOW)).written == 0
        assert len(await sent(database)) == 1


async def test_whoever_is_refused_is_counted_and_the_others_are_written_to(team: Team, database: Database) -> None:
    people = await two(team, database)
    async with database.transaction() as session:
        (await session.get_one(Beneficiary, people[0].id)).confidential = True
    assert await post(database, team.nolwenn, order(*people), NOW) == Posted(1, 1, NOW)
    assert await sent(database, PHONE) == []


async def test_nothing_leaves_when_one_of_them_is_unknown_or_the_text_is_not_right(
    team: Team, database: Database, person: Beneficiary
) -> None:
    with pytest.raises(NotFound):
        await post(database, team.nolwenn, replace(order(person), people=[person.id, uuid4()]), NOW)
    with pytest.raises(Unreadable):
        await post(database, team.nolwenn, order(person, text="Bonjour {nom}"), NOW)
    assert await sent(database) == []


async def test_at_night_it_waits_for_the_morning(team: Team, database: Database, person: Beneficiary) -> None:
    night = NOW.replace(hour=23)
    posted = await post(database, team.nolwenn, order(person), night)
    [sms] = await sent(database)
    assert sms.next_attempt_at == posted.goes_at > night
