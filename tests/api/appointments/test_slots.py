"""Free hours: three at a time, one a half-day, and each to one person only."""

import asyncio
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments import slots
from api.appointments.asking import Wish
from api.appointments.booking import book
from api.appointments.tables import Appointment, Slot
from api.authorities.tables import Organisation
from api.beneficiaries.tables import Beneficiary
from api.core.clock import PARIS
from api.core.database import Database
from api.core.dates.hours import OPEN
from api.core.wanted_times import Wanted
from api.escalations.service import Asked
from api.escalations.tables import Reason
from api.privacy.audience import Channel
from tests import factories

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=PARIS)
KINDS = ("rsa_orientation",)


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=PARIS)


def wish_of(person: Beneficiary, **given: object) -> Wish:
    asked = Asked(Reason.asked, "un rendez-vous", person.authority_code, Channel.web, None, person)
    return Wish(person, asked, NOW, **given)  # type: ignore[arg-type]


async def team_with(session: AsyncSession, *starts: str) -> Organisation:
    team = await factories.organisation(session)
    for start in starts:
        await factories.slot(session, team, at(start))
    return team


async def test_three_hours_are_offered_one_a_half_day(session: AsyncSession) -> None:
    team = await team_with(
        session, "2026-11-26T09:00", "2026-11-26T09:30", "2026-11-26T14:00", "2026-11-27T09:00", "2026-11-27T15:00"
    )
    person = await factories.person(session, organisation_id=team.id)
    first = await slots.free(session, person, KINDS, NOW)
    rest = await slots.free(session, person, KINDS, NOW, after=first[-1].id)

    assert [slot.starts_at for slot in first] == [
        at("2026-11-26T09:00"),
        at("2026-11-26T14:00"),
        at("2026-11-27T09:00"),
    ]
    assert [slot.starts_at for slot in rest] == [at("2026-11-27T15:00")]


async def test_half_days_are_brittanys_on_the_day_the_hour_changes(session: AsyncSession) -> None:
    # Summer time begins on Sunday 28 March 2027 at 2:00: 11:30 is 9:30 UTC from then on, still a morning.
    team = await team_with(session, "2027-03-29T08:30", "2027-03-29T11:30", "2027-03-29T12:30")
    person = await factories.person(session, organisation_id=team.id)
    offered = await slots.free(session, person, KINDS, at("2027-03-27T12:00"))

    assert [slot.starts_at for slot in offered] == [at("2027-03-29T08:30"), at("2027-03-29T12:30")]


async def test_what_cannot_be_cancelled_any_more_is_not_offered(session: AsyncSession) -> None:
    team = await team_with(session, "2026-11-25T13:59", "2026-11-25T14:30")
    person = await factories.person(session, organisation_id=team.id)

    assert [slot.starts_at for slot in await slots.free(session, person, KINDS, NOW)] == [at("2026-11-25T14:30")]


async def test_only_hours_that_suit_are_offered(session: AsyncSession) -> None:
    # 18:00 is said of an afternoon and begins none; midnight in UTC is no day's end in Brittany.
    team = await team_with(session, "2026-11-26T09:00", "2026-11-26T14:00", "2026-11-30T18:00", "2026-12-01T09:00")
    person = await factories.person(session, organisation_id=team.id)
    afternoons = Wanted(NOW.date(), None, (time(12), time(18)))
    monday = Wanted(date(2026, 11, 30), date(2026, 11, 30), OPEN)

    found = [await slots.free(session, person, KINDS, NOW, wanted=wanted) for wanted in (afternoons, monday)]
    assert [[slot.starts_at for slot in some] for some in found] == [
        [at("2026-11-26T14:00"), at("2026-11-30T18:00")],
        [at("2026-11-30T18:00")],
    ]


async def test_when_nothing_suits_it_is_said_and_what_comes_nearest_is_offered(session: AsyncSession) -> None:
    team = await team_with(session, "2026-11-26T09:00", "2026-12-03T09:00", "2026-12-04T09:00")
    person = await factories.person(session, organisation_id=team.id)

    async def told(first: date, last: date | None) -> list[tuple[str, list[datetime]]]:
        said = await book(session, wish_of(person, wanted=Wanted(first, last, OPEN)), KINDS)
        return [(one.name, [slot["starts_at"] for slot in one.facts.get("slots", ())]) for one in said]

    tuesday = await told(date(2026, 12, 1), date(2026, 12, 1))
    assert tuesday == [("slots_not_then", []), ("book_slots", [at("2026-12-03T09:00"), at("2026-12-04T09:00")])]
    soon = [at("2026-11-26T09:00"), at("2026-12-03T09:00"), at("2026-12-04T09:00")]
    assert await told(date(2027, 1, 4), None) == [("slots_not_then", []), ("book_slots", soon)]
    assert await told(date(2026, 12, 4), None) == [("book_slots", [at("2026-12-04T09:00")])]


async def test_hours_of_another_team_another_caseworker_or_another_kind_are_not_offered(session: AsyncSession) -> None:
    team, other = await factories.organisation(session), await factories.organisation(session)
    colleague = await factories.caseworker(session, organisation_id=team.id)
    person = await factories.person(session, organisation_id=team.id)
    foreign = await factories.slot(session, other, at("2026-11-26T09:00"))
    await factories.slot(session, team, at("2026-11-26T09:00"), caseworker_id=colleague.id)
    await factories.slot(session, team, at("2026-11-26T09:00"), category="rsa_follow_up")

    assert await slots.free(session, person, KINDS, NOW) == []
    assert await slots.take(session, foreign.id, person, NOW) is None


async def test_an_hour_given_back_is_somebody_elses(session: AsyncSession) -> None:
    team = await team_with(session, "2026-11-26T09:00")
    first = await factories.person(session, organisation_id=team.id)
    second = await factories.person(session, organisation_id=team.id)
    slot = (await slots.free(session, first, KINDS, NOW))[0]
    taken = await slots.take(session, slot.id, first, NOW)
    assert taken
    assert await slots.take(session, slot.id, second, NOW) is None
    await slots.give_back(session, taken, NOW)

    assert await slots.take(session, slot.id, second, NOW + timedelta(minutes=1)) is not None


async def test_pressing_twice_is_not_losing_it_to_somebody_else(session: AsyncSession) -> None:
    team = await team_with(session, "2026-11-26T09:00")
    person = await factories.person(session, organisation_id=team.id)
    slot = (await slots.free(session, person, KINDS, NOW))[0]
    told = [await book(session, wish_of(person, slot=slot.id), KINDS) for _ in range(2)]

    assert [[saying.name for saying in said] for said in told] == [["book_done", "appointment_at_office"]] * 2
    assert await session.scalar(select(func.count()).select_from(Appointment)) == 1


async def test_two_hundred_people_and_ten_hours(database: Database) -> None:
    """Ten have one each; the others are told the truth, and offered what is left, or a request to the service."""
    async with database.transaction() as session:
        hours = [f"2026-11-{26 + day}T{hour:02d}:00" for day in range(2) for hour in (9, 10, 11, 14, 15)]
        team = await team_with(session, *hours)
        people = [await factories.person(session, organisation_id=team.id) for _ in range(200)]
        ids = list(await session.scalars(select(Slot.id).order_by(Slot.starts_at)))

    async def ask(place: int) -> list[str]:
        async with database.transaction() as session:
            person = people[place]
            return [saying.name for saying in await book(session, wish_of(person, slot=ids[place % 10]), KINDS)]

    told = await asyncio.gather(*(ask(place) for place in range(200)))
    got = [said for said in told if said[0] == "book_done"]
    refused = [said for said in told if said[0] == "slot_gone"]

    assert len(got) == 10
    assert len(refused) == 190
    assert {said[1] for said in refused} <= {"book_slots", "book_no_slot"}
    async with database.transaction() as session:
        rows = (await session.execute(select(Appointment.beneficiary_id, Appointment.starts_at))).all()
        assert len({who for who, _ in rows}) == len({when for _, when in rows}) == 10
        taken = select(func.count()).select_from(Slot).where(Slot.appointment_id.is_not(None))
        assert await session.scalar(taken) == 10
