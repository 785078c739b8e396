"""Whoever moved or cancelled an appointment by mistake is offered that very hour again, as long as it is free."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.asking import Wish
from api.appointments.booking import book
from api.appointments.cancelling import cancel
from api.appointments.changes import ahead
from api.appointments.moving import move
from api.appointments.slots import take
from api.appointments.tables import Appointment, Slot, Status
from api.appointments.undoing import undo
from api.authorities.tables import Organisation
from api.core.dates import read
from api.core.wanted_times import as_carried, hours_preferred
from api.escalations.service import still_open
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


async def moved(session: AsyncSession, **given: object) -> tuple[Wish, Appointment, Appointment]:
    """Somebody who moved an appointment of the service's own making: the wish, the old one, the new one."""
    mine = await wish(session)
    row = await visit(session, mine, NOW + 6 * DAY, **given)
    team = await session.get_one(Organisation, mine.person.organisation_id)
    new = await factories.slot(session, team, NOW + 7 * DAY)
    assert await said(move(session, replace(mine, appointment=row.id, slot=new.id))) == ["move_done"]
    [taken] = await ahead(session, mine.person.id, NOW)
    return mine, row, taken


async def test_an_hour_that_was_never_among_the_free_ones_is_given_back_while_nobody_has_it(
    session: AsyncSession,
) -> None:
    mine, row, taken = await moved(session)
    later = NOW + timedelta(minutes=5)
    [done] = await undo(session, replace(mine, now=later, appointment=taken.id, takes_back=True))
    assert (done.name, done.facts["starts_at"], done.facts["before"]) == ("move_done", row.starts_at, taken.starts_at)
    assert (row.status, taken.status) == (Status.unknown, Status.excused)
    slot = await session.scalar(select(Slot).where(Slot.starts_at == taken.starts_at))
    assert slot
    assert slot.appointment_id is None
    [again] = await undo(session, replace(mine, now=later + timedelta(minutes=1), takes_back=True))
    assert again.facts["starts_at"] == taken.starts_at


async def test_an_hour_at_which_its_caseworker_now_receives_somebody_else_is_not(session: AsyncSession) -> None:
    who = await factories.caseworker(session)
    mine, row, taken = await moved(session, caseworker_id=who.id)
    other = await factories.person(session)
    await factories.appointment(session, other, row.starts_at + timedelta(minutes=10), caseworker_id=who.id)
    assert await undo(session, replace(mine, takes_back=True)) == []
    assert (row.status, taken.status) == (Status.excused, Status.unknown)


async def test_a_free_hour_that_somebody_else_took_is_not(session: AsyncSession) -> None:
    mine = await wish(session)
    team = await session.get_one(Organisation, mine.person.organisation_id)
    old = await factories.slot(session, team, NOW + 3 * DAY)
    row = await take(session, old.id, mine.person, NOW - DAY)
    assert row
    await cancel(session, replace(mine, appointment=row.id, answer="yes"))
    other = await factories.person(session, organisation_id=team.id)
    assert await take(session, old.id, other, NOW)
    assert await undo(session, replace(mine, takes_back=True)) == []


async def test_a_cancelled_appointment_stands_again_and_the_service_learns_of_it(session: AsyncSession) -> None:
    mine = await wish(session)
    row = await visit(session, mine, NOW + DAY)
    await cancel(session, replace(mine, appointment=row.id, answer="yes"))
    assert await said(undo(session, replace(mine, takes_back=True))) == ["undo_done"]
    assert (row.status, row.cancelled_at) == (Status.unknown, None)
    assert [one.line.split()[0] for one in await still_open(session)] == ["A", "Vient"]


async def test_the_day_that_is_named_says_which_stays(session: AsyncSession) -> None:
    mine, row, taken = await moved(session)
    new = replace(mine, said=read("garde celui du 2", NOW))
    [kept] = await undo(session, new)
    assert (kept.name, kept.facts["starts_at"]) == ("cancel_kept", taken.starts_at)
    old = replace(mine, said=read("remettez celui du 1er à 10h", NOW))
    assert (await undo(session, old))[0].facts["starts_at"] == row.starts_at


async def test_who_gave_nothing_up_is_answered_as_usual(session: AsyncSession) -> None:
    mine = await wish(session)
    await visit(session, mine, NOW + DAY)
    assert await undo(session, mine) == []


async def test_after_a_cancellation_another_date_is_offered_in_the_week_after_in_the_afternoon(
    session: AsyncSession,
) -> None:
    mine = await wish(session)
    row = await visit(session, mine, NOW + DAY)
    await cancel(session, replace(mine, appointment=row.id, answer="yes"))
    team = await session.get_one(Organisation, mine.person.organisation_id)
    hours = [NOW + 2 * DAY, NOW + 6 * DAY, NOW + 6 * DAY + timedelta(hours=4)]
    slots = [await factories.slot(session, team, hour) for hour in hours]
    text = "en fait j'aurai pas du annuler, je peux avoir une date la semaine d'après ? plutot l'aprem"
    wanted = replace(mine, week_after=True, hours=hours_preferred(text, NOW))
    for asked in (move(session, wanted), book(session, wanted, [row.category])):
        [offer] = await asked
        assert offer.name == "book_slots"
        assert [one["id"] for one in offer.facts["slots"]] == [str(slots[2].id)]
