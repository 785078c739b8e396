"""Of an hour that is taken or changed at the desk the person is told, where it may be said."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from api.beneficiaries.tables import Beneficiary
from api.conversations.sms_tables import Silence
from api.conversations.tables import Message
from api.core.database import Database
from api.desk.people import visits
from api.escalations.tables import EscalationEvent, Event
from api.privacy.audience import Level
from tests import factories
from tests.api.desk.conftest import NOW, Team, ask
from tests.api.desk.people.conftest import mine, sent, silenced, telephone, texts
from tests.api.desk.people.test_visits import WHEN, all_of, done, free_hour, said


async def asked_in(database: Database, team: Team, person: Beneficiary, **given: Any) -> tuple[UUID, UUID]:
    """An open request in a conversation on the web; their ids."""
    async with database.transaction() as session:
        talk = await factories.conversation(session, **given)
        row = await open_request(session, team, person, talk.id)
        return talk.id, row


async def open_request(session: Any, team: Team, person: Beneficiary, talk: UUID) -> UUID:
    return (await ask(session, replace(team, person=person), talk)).id


async def test_an_open_conversation_that_has_earned_it_is_told_when_and_where(
    team: Team, database: Database, person: Beneficiary
) -> None:
    earned = {"beneficiary_id": person.id, "level": Level.code}
    talk, row = await asked_in(database, team, person, **earned)
    await done(database, visits.book, team.nolwenn, person.id, uuid4(), await free_hour(database, team))
    [told] = await said(database, talk)
    assert f"Un rendez-vous est pris pour vous : {WHEN}" in told
    assert "12 rue des Ajoncs" in told
    assert await sent(database) == []
    async with database.transaction() as session:
        events = select(EscalationEvent).where(EscalationEvent.escalation_id == row)
        last = (await session.scalars(events.order_by(EscalationEvent.seq.desc()))).first()
    assert last
    assert (last.event, last.author_id, last.text) == (Event.appointment, team.nolwenn.id, f"Pris : {WHEN}")


async def test_a_conversation_that_has_not_earned_it_is_not_told_while_an_sms_may_be(
    team: Team, database: Database, person: Beneficiary
) -> None:
    talk, _ = await asked_in(database, team, person)
    await done(database, visits.book, team.nolwenn, person.id, uuid4(), await free_hour(database, team))
    assert await said(database, talk) == []
    assert [WHEN in one for one in await texts(database)] == [True]


@pytest.mark.parametrize("given", [{"phone": None}, {"confidential": True}], ids=str)
async def test_where_nothing_may_be_said_only_that_there_is_news_is(
    team: Team, database: Database, given: dict[str, Any]
) -> None:
    async with database.transaction() as session:
        person = await mine(session, team, **given)
    talk, _ = await asked_in(database, team, person)
    await done(database, visits.book, team.nolwenn, person.id, uuid4(), await free_hour(database, team))
    [told] = await said(database, talk)
    assert "du nouveau pour vous" in told
    assert not {"rendez-vous", "novembre", "Ajoncs"} & set(told.split())
    assert await sent(database) == []


async def test_a_confidential_file_hears_when_by_its_link_and_never_where(team: Team, database: Database) -> None:
    async with database.transaction() as session:
        person = await mine(session, team, confidential=True)
    talk, _ = await asked_in(database, team, person, beneficiary_id=person.id, level=Level.link)
    await done(database, visits.book, team.nolwenn, person.id, uuid4(), await free_hour(database, team))
    [told] = await said(database, talk)
    assert WHEN in told
    assert "Ajoncs" not in told
    assert "02 61 91 00 10" not in told


@pytest.mark.parametrize(
    "given", [{"phone": None}, {"confidential": True}, {"shared": True}, {"silent": True}], ids=str
)
async def test_whoever_cannot_be_told_is_booked_all_the_same(
    team: Team, database: Database, given: dict[str, Any]
) -> None:
    shared, silent = given.pop("shared", False), given.pop("silent", False)
    async with database.transaction() as session:
        person = await mine(session, team, **given)
        if shared:
            await mine(session, team, first_name="Denis")
        if silent and person.phone:
            await silenced(session, person.phone, Silence.stop)
    await done(database, visits.book, team.nolwenn, person.id, uuid4(), await free_hour(database, team))
    assert len(await all_of(database, person)) == 1
    async with database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(Message)) == 0


async def test_a_silent_number_is_not_written_to_in_its_own_conversation_either(
    team: Team, database: Database, person: Beneficiary
) -> None:
    async with database.transaction() as session:
        talk = await telephone(session)
        await open_request(session, team, person, talk.id)
        await silenced(session, str(person.phone))
    await done(database, visits.book, team.nolwenn, person.id, uuid4(), await free_hour(database, team))
    assert await sent(database) == []


async def test_at_night_the_sms_waits_for_the_morning(team: Team, database: Database, person: Beneficiary) -> None:
    night = NOW.replace(hour=23)
    hour = await free_hour(database, team)
    async with database.transaction() as session:
        await visits.book(session, team.nolwenn, person.id, uuid4(), hour, night)
    [sms] = await sent(database)
    assert sms.next_attempt_at > night + timedelta(hours=7)
