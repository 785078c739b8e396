"""An hour is taken, changed or given back from the desk once, and the person is told where it may be said."""

import asyncio
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from api.appointments.tables import Appointment, Slot, Status
from api.beneficiaries.tables import Beneficiary
from api.conversations.tables import Author, Message
from api.core.database import Database
from api.core.errors import Conflict, NotFound
from api.desk.people import visits
from api.desk.tables import Access
from tests import factories
from tests.api.desk.conftest import NOW, Team
from tests.api.desk.people.conftest import OTHER, ago, mine, office, sent, texts

THREE_DAYS = ago(-3)
SOON = NOW + timedelta(hours=1)
WHEN = "samedi 28 novembre à 10 h"


async def free_hour(database: Database, team: Team, starts_at: datetime = THREE_DAYS) -> UUID:
    async with database.transaction() as session:
        return (await factories.slot(session, await office(session, team), starts_at)).id


async def done(database: Database, act: Any, *arguments: Any) -> Any:
    async with database.transaction() as session:
        return await act(session, *arguments, NOW)


async def visit(database: Database, person: Beneficiary, team: Team, starts_at: datetime, **given: Any) -> UUID:
    async with database.transaction() as session:
        where = given.pop("organisation_id", team.nolwenn.organisation_id)
        return (await factories.appointment(session, person, starts_at, organisation_id=where, **given)).id


async def all_of(database: Database, person: Beneficiary) -> list[Appointment]:
    async with database.transaction() as session:
        rows = select(Appointment).where(Appointment.beneficiary_id == person.id).order_by(Appointment.starts_at)
        return list(await session.scalars(rows))


async def said(database: Database, talk: UUID) -> list[str]:
    async with database.transaction() as session:
        rows = select(Message.text).where(Message.conversation_id == talk, Message.author == Author.system)
        return list(await session.scalars(rows.order_by(Message.seq)))


async def test_an_hour_is_booked_once_and_told_by_sms(team: Team, database: Database, person: Beneficiary) -> None:
    hour, reference = await free_hour(database, team), uuid4()
    first = await done(database, visits.book, team.nolwenn, person.id, reference, hour)
    again = await done(database, visits.book, team.nolwenn, person.id, reference, hour)
    assert first == again
    assert [one.id for one in await all_of(database, person)] == [first]
    [told] = await texts(database)
    assert f"RDV pris pour vous : {WHEN}" in told
    assert "12 rue des Ajoncs" in told


async def test_two_who_book_at_the_same_instant_book_once(team: Team, database: Database, person: Beneficiary) -> None:
    hour, reference = await free_hour(database, team), uuid4()
    same = [done(database, visits.book, team.nolwenn, person.id, reference, hour) for _ in range(4)]
    assert len(set(await asyncio.gather(*same))) == 1
    assert len(await sent(database)) == 1


async def test_what_was_booked_then_cancelled_is_not_booked_anew_by_a_late_repetition(
    team: Team, database: Database, person: Beneficiary
) -> None:
    hour, reference = await free_hour(database, team), uuid4()
    first = await done(database, visits.book, team.nolwenn, person.id, reference, hour)
    await done(database, visits.cancel, team.nolwenn, person.id, first)
    assert await done(database, visits.book, team.nolwenn, person.id, reference, hour) == first
    assert [one.status for one in await all_of(database, person)] == [Status.revoked]


async def test_an_hour_that_somebody_else_has_is_refused(team: Team, database: Database, person: Beneficiary) -> None:
    hour = await free_hour(database, team)
    async with database.transaction() as session:
        other = await mine(session, team, phone=OTHER)
    await done(database, visits.book, team.nolwenn, other.id, uuid4(), hour)
    with pytest.raises(Conflict, match="slot_gone"):
        await done(database, visits.book, team.nolwenn, person.id, uuid4(), hour)
    assert await sent(database) == []


async def test_a_reference_of_somebody_elses_appointment_is_refused(
    team: Team, database: Database, person: Beneficiary
) -> None:
    hour, reference = await free_hour(database, team), uuid4()
    await done(database, visits.book, team.nolwenn, person.id, reference, hour)
    async with database.transaction() as session:
        other = await mine(session, team, phone=OTHER)
    with pytest.raises(Conflict):
        await done(database, visits.book, team.nolwenn, other.id, reference, hour)


async def test_a_caseworker_is_not_bound_by_the_delay_of_whoever_is_alone(
    team: Team, database: Database, person: Beneficiary
) -> None:
    hour = await free_hour(database, team, SOON)
    async with database.transaction() as session:
        found = await visits.free(session, team.nolwenn, person.id, NOW)
    assert [one.id for one in found.slots] == [hour]
    assert found.slots[0].label == "mercredi 25 novembre à 11 h, CDAS de Brest"
    booked = await done(database, visits.book, team.nolwenn, person.id, uuid4(), hour)
    await done(database, visits.cancel, team.nolwenn, person.id, booked)
    assert [one.status for one in await all_of(database, person)] == [Status.revoked]


async def test_moving_takes_the_new_hour_and_gives_the_old_one_back(
    team: Team, database: Database, person: Beneficiary
) -> None:
    old, new = await free_hour(database, team), await free_hour(database, team, ago(-5))
    booked = await done(database, visits.book, team.nolwenn, person.id, uuid4(), old)
    moved = await done(database, visits.move, team.nolwenn, person.id, booked, new)
    assert await done(database, visits.move, team.nolwenn, person.id, booked, new) == moved
    assert [one.status for one in await all_of(database, person)] == [Status.revoked, Status.unknown]
    async with database.transaction() as session:
        assert (await session.get_one(Slot, old)).appointment_id is None
        assert (await session.get_one(Slot, new)).appointment_id == moved
    told = await texts(database)
    assert "Votre RDV a changé : lundi 30 novembre à 10 h" in told[1]
    assert len(told) == 2


async def test_cancelling_twice_is_once(team: Team, database: Database, person: Beneficiary) -> None:
    booked = await visit(database, person, team, ago(-3))
    for _ in range(2):
        await done(database, visits.cancel, team.nolwenn, person.id, booked)
    assert [f"{WHEN} est annulé par le service" in one for one in await texts(database)] == [True]


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"changeable": False}, "theirs"),
        ({"collective": True}, "theirs"),
        ({"organisation_id": "theirs"}, "theirs"),
        ({"starts_at": ago(1)}, "over"),
        ({"status": Status.excused, "cancelled_at": NOW}, "over"),
    ],
    ids=str,
)
async def test_what_is_not_ours_to_change_is_refused(
    team: Team, database: Database, person: Beneficiary, given: dict[str, Any], error: str
) -> None:
    made = {"starts_at": ago(-3)} | given
    if made.get("organisation_id"):
        made["organisation_id"] = team.stranger.organisation_id
    kept = await visit(database, person, team, **made)
    with pytest.raises(Conflict, match=error):
        await done(database, visits.cancel, team.nolwenn, person.id, kept)
    with pytest.raises(Conflict, match=error):
        await done(database, visits.move, team.nolwenn, person.id, kept, await free_hour(database, team))
    assert await sent(database) == []


async def test_nobody_acts_for_whom_another_organisation_follows(
    team: Team, database: Database, person: Beneficiary
) -> None:
    booked = await visit(database, person, team, ago(-3))
    for refused in (
        (visits.book, person.id, uuid4(), await free_hour(database, team)),
        (visits.cancel, person.id, booked),
        (visits.cancel, uuid4(), booked),
    ):
        with pytest.raises(NotFound):
            await done(database, refused[0], team.stranger, *refused[1:])


async def test_what_a_colleague_of_the_caseworker_does_is_journaled(
    team: Team, database: Database, person: Beneficiary
) -> None:
    hour = await free_hour(database, team)
    for who in (team.nolwenn, team.ronan):
        async with database.transaction() as session:
            await visits.free(session, who, person.id, NOW)
    booked = await done(database, visits.book, team.ronan, person.id, uuid4(), hour)
    await done(database, visits.cancel, team.ronan, person.id, booked)
    async with database.transaction() as session:
        looks = await session.execute(select(Access.caseworker_id, Access.what).order_by(Access.created_at))
        noted = [(who, what.removeprefix("/desk/people/{person}")) for who, what in looks]
    assert noted == [
        (team.ronan.id, "/slots"),
        (team.ronan.id, "/appointments"),
        (team.ronan.id, "/appointments/{appointment}/cancel"),
    ]
