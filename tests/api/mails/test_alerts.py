"""A team hears once of what nobody takes, and never a word of it."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from api.caseworkers.tables import Role
from api.core.database import Database
from api.escalations.events import add_event
from api.escalations.tables import Event, Kind, Priority
from api.mails.alerts import alert
from tests import factories
from tests.api.mails.waiting import DESK, SAID, at, mails, request, team


async def test_a_team_without_an_address_is_told_by_its_members_who_answer(session: AsyncSession) -> None:
    ours = await team(session)
    members: dict[str, dict[str, Any]] = {
        "a@exemple.fr": {},
        "b@exemple.fr": {"role": Role.supervisor},
        "c@exemple.fr": {"role": Role.administrator},
        "d@exemple.fr": {"active": False},
    }
    for email, given in members.items():
        await factories.caseworker(session, organisation_id=ours.id, email=email, **given)
    await request(session, ours, at(25, 9))
    assert await alert(session, DESK, at(25, 11)) == 1
    written = await mails(session)
    assert [one.recipient for one in written] == ["a@exemple.fr", "b@exemple.fr"]
    assert all(f"{DESK}/" in (one.text or "") for one in written)


async def test_its_own_address_is_enough_and_no_word_of_anybody_is_in_it(session: AsyncSession) -> None:
    ours = await team(session, email="equipe@exemple.fr")
    await factories.caseworker(session, organisation_id=ours.id)
    person = await factories.person(session, last_name="Tréguidel", organisation_id=ours.id)
    await request(session, ours, at(25, 9), beneficiary_id=person.id)
    await alert(session, DESK, at(25, 11))
    [letter] = await mails(session)
    assert letter.recipient == "equipe@exemple.fr"
    assert SAID not in f"{letter.subject} {letter.text}"
    assert "Tréguidel" not in f"{letter.subject} {letter.text}"


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"kind": Kind.to_know}, id="only to know"),
        pytest.param({"snoozed_until": at(26, 9)}, id="put aside"),
        pytest.param({"organisation_id": None}, id="in no list"),
    ],
)
async def test_what_nobody_has_to_take_is_not_told(session: AsyncSession, given: dict[str, object]) -> None:
    await request(session, await team(session, email="equipe@exemple.fr"), at(25, 9), **given)
    assert await alert(session, DESK, at(25, 16)) == 0


@pytest.mark.parametrize("event", [Event.taken, Event.handed_back, Event.closed])
async def test_what_somebody_saw_to_is_not_told(session: AsyncSession, event: Event) -> None:
    row = await request(session, await team(session, email="equipe@exemple.fr"), at(25, 9))
    await add_event(session, row.id, event, created_at=at(25, 10))
    assert await alert(session, DESK, at(25, 16)) == 0


async def test_it_is_told_once_and_again_when_it_waits_anew(session: AsyncSession) -> None:
    row = await request(session, await team(session, email="equipe@exemple.fr"), at(25, 9))
    assert [await alert(session, DESK, at(25, hour)) for hour in (10, 11, 12, 16)] == [0, 1, 0, 0]
    await add_event(session, row.id, Event.taken, created_at=at(25, 16, 10))
    await add_event(session, row.id, Event.given_back, created_at=at(25, 16, 30))
    assert [await alert(session, DESK, at(26, *time)) for time in ((9, 0), (10, 0), (11, 0))] == [0, 1, 0]


async def test_what_becomes_urgent_is_told_in_five_minutes(session: AsyncSession) -> None:
    row = await request(session, await team(session, email="equipe@exemple.fr"), at(25, 9))
    await alert(session, DESK, at(25, 11))
    await add_event(session, row.id, Event.raised, created_at=at(25, 20))
    row.priority = Priority.urgent
    await session.flush()
    assert await alert(session, DESK, at(25, 20, 4)) == 0
    assert await alert(session, DESK, at(25, 20, 5)) == 1
    assert (await mails(session))[-1].subject.startswith("Urgent")


async def test_what_is_late_at_the_same_moment_is_one_letter(session: AsyncSession) -> None:
    ours = await team(session, email="equipe@exemple.fr")
    for minute in range(3):
        await request(session, ours, at(25, 9, minute))
    assert await alert(session, DESK, at(25, 12)) == 3
    [letter] = await mails(session)
    assert letter.subject == "3 demandes attendent"


async def test_two_workers_tell_it_once(database: Database) -> None:
    async with database.transaction() as session:
        ours = await team(session, email="equipe@exemple.fr")
        for minute in range(5):
            await request(session, ours, at(25, 9) + timedelta(minutes=minute))

    async def one() -> int:
        async with database.transaction() as session:
            return await alert(session, DESK, at(25, 12))

    assert sum(await asyncio.gather(*(one() for _ in range(4)))) == 5
