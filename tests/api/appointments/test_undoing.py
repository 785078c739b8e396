"""Whoever moved or cancelled an appointment by mistake is offered that very hour again, as long as it is free."""

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.booking import book
from api.appointments.cancelling import cancel
from api.appointments.moving import move
from api.appointments.slots import take
from api.authorities.tables import Organisation
from api.core.wanted_times import as_carried
from tests import factories
from tests.api.appointments.test_changes import DAY, NOW, said, visit, wish


async def test_the_hour_that_a_move_gave_up_is_offered_first(session: AsyncSession) -> None:
    mine = await wish(session)
    team = await session.get_one(Organisation, mine.person.organisation_id)
    old, new = [await factories.slot(session, team, NOW + days * DAY) for days in (3, 2)]
    row = await take(session, old.id, mine.person, NOW - DAY)
    assert row
    [done] = await move(session, replace(mine, appointment=row.id, slot=new.id))
    wanted = as_carried(str(done.facts["again"]))
    [offer] = await move(session, replace(mine, wanted=wanted))
    assert [one["id"] for one in offer.facts["slots"]] == [str(old.id)]
    assert await said(move(session, replace(mine, slot=old.id))) == ["move_done"]


async def test_the_hour_of_a_cancelled_appointment_is_offered_first(session: AsyncSession) -> None:
    mine = await wish(session)
    team = await session.get_one(Organisation, mine.person.organisation_id)
    earlier, old = [await factories.slot(session, team, NOW + days * DAY) for days in (2, 3)]
    row = await take(session, old.id, mine.person, NOW - DAY)
    assert row
    [done] = await cancel(session, replace(mine, appointment=row.id, answer="yes"))
    wanted = as_carried(str(done.facts["again"]))
    [offer] = await book(session, replace(mine, wanted=wanted), [old.category])
    assert [one["id"] for one in offer.facts["slots"]] == [str(old.id)]
    assert earlier.appointment_id is None


async def test_an_hour_that_was_never_ours_is_not_promised(session: AsyncSession) -> None:
    mine = await wish(session)
    row = await visit(session, mine, NOW + DAY)
    team = await session.get_one(Organisation, mine.person.organisation_id)
    new, other = [await factories.slot(session, team, NOW + days * DAY) for days in (2, 4)]
    [done] = await move(session, replace(mine, appointment=row.id, slot=new.id))
    wanted = as_carried(str(done.facts["again"]))
    not_then, offer = await move(session, replace(mine, wanted=wanted))
    assert not_then.name == "slots_not_then"
    assert [one["id"] for one in offer.facts["slots"]] == [str(other.id)]
