"""Coming, cancelling, moving: asked before it is done, done once, and never within four hours."""

from collections.abc import Awaitable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.asking import Wish
from api.appointments.cancelling import cancel, confirm
from api.appointments.changes import Hold, hold
from api.appointments.inviting import invitation
from api.appointments.missing import missed
from api.appointments.moving import move
from api.appointments.tables import Appointment, Excuse, Invitation, LocationType, Status
from api.authorities.tables import Organisation
from api.core.clock import PARIS
from api.core.dates import read
from api.escalations.service import Asked, still_open
from api.escalations.tables import Kind, Reason
from api.privacy.audience import Channel
from api.texts.schemas import Saying
from tests import factories

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=PARIS)
DAY = timedelta(days=1)


async def wish(session: AsyncSession, **given: object) -> Wish:
    person = await factories.person(session, organisation_id=(await factories.organisation(session)).id)
    asked = Asked(Reason.asked, "annuler", person.authority_code, Channel.web, person=person)
    return Wish(person, asked, NOW, **given)  # type: ignore[arg-type]


async def visit(session: AsyncSession, of: Wish, starts_at: datetime, **given: object) -> Appointment:
    return await factories.appointment(
        session, of.person, starts_at, organisation_id=of.person.organisation_id, **given
    )


async def said(answer: Awaitable[list[Saying]]) -> list[str]:
    return [saying.name for saying in await answer]


async def test_a_confirmation_is_noted_and_its_first_moment_kept(session: AsyncSession) -> None:
    mine = await wish(session)
    row = await visit(session, mine, NOW + DAY)
    assert await said(confirm(session, mine)) == ["confirm_done"]
    await confirm(session, replace(mine, now=NOW + timedelta(hours=1)))
    assert row.confirmed_at == NOW


async def test_a_cancellation_is_asked_for_then_done_once(session: AsyncSession) -> None:
    mine = await wish(session)
    row = await visit(session, mine, NOW + DAY)
    assert await said(cancel(session, mine)) == ["cancel_sure"]
    assert row.status is Status.unknown

    sure = replace(mine, appointment=row.id, answer="yes")
    assert await said(cancel(session, sure)) == ["cancel_done"]
    assert (row.status, row.cancelled_at) == (Status.excused, NOW)
    assert await said(cancel(session, sure)) == ["appointment_cancelled_by_you"]
    told = await still_open(session)
    assert [(one.reason, one.kind) for one in told] == [(Reason.appointment_declined, Kind.to_know)]


async def test_no_keeps_it(session: AsyncSession) -> None:
    mine = await wish(session)
    row = await visit(session, mine, NOW + DAY)
    assert await said(cancel(session, replace(mine, appointment=row.id, answer="no"))) == ["cancel_kept"]
    assert row.status is Status.unknown


async def test_of_several_the_person_says_which(session: AsyncSession) -> None:
    mine = await wish(session)
    for days in (1, 2):
        await visit(session, mine, NOW + days * DAY)
    assert await said(cancel(session, mine)) == ["cancel_which"]
    assert await said(move(session, mine)) == ["move_which"]


async def test_nobody_elses_appointment_is_touched(session: AsyncSession) -> None:
    mine, theirs = await wish(session), await wish(session)
    row = await visit(session, theirs, NOW + DAY)
    sure = replace(mine, appointment=row.id, answer="yes")
    assert await said(cancel(session, sure)) == ["appointment_none"]
    assert await said(move(session, sure)) == ["appointment_none"]
    assert row.status is Status.unknown


@pytest.mark.parametrize(
    ("now", "starts_at", "held"),
    [
        ("2026-11-25T10:00", "2026-11-25T13:59", Hold.too_late),
        ("2026-11-25T10:00", "2026-11-25T14:00", None),
        # At two the clocks go on to three: from midnight to five there are four hours.
        ("2027-03-28T00:00", "2027-03-28T04:59", Hold.too_late),
        ("2027-03-28T00:00", "2027-03-28T05:00", None),
        # At three they go back to two: from midnight to three there are four hours.
        ("2027-10-31T00:00", "2027-10-31T02:59", Hold.too_late),
        ("2027-10-31T00:00", "2027-10-31T03:00", None),
    ],
)
async def test_four_hours_are_counted_in_real_time(now: str, starts_at: str, held: Hold | None) -> None:
    begins = datetime.fromisoformat(starts_at).replace(tzinfo=PARIS)
    moment = datetime.fromisoformat(now).replace(tzinfo=PARIS)
    row = Appointment(starts_at=begins, collective=False, changeable=True)
    assert hold(row, moment) is held


async def test_within_four_hours_only_a_call_is_left(session: AsyncSession) -> None:
    mine = await wish(session)
    row = await visit(session, mine, NOW + timedelta(hours=3))
    assert await said(cancel(session, mine)) == ["cancel_too_late"]
    # The question was asked in time, the answer came too late.
    assert await said(cancel(session, replace(mine, appointment=row.id, answer="yes"))) == ["cancel_too_late"]
    assert await said(move(session, mine)) == ["move_too_late"]
    assert row.status is Status.unknown


@pytest.mark.parametrize("given", [{"changeable": False}, {"collective": True}])
async def test_what_is_the_services_is_asked_of_the_service(session: AsyncSession, given: dict[str, bool]) -> None:
    mine = await wish(session)
    row = await visit(session, mine, NOW + DAY, **given)
    assert await said(cancel(session, mine)) == ["cancel_theirs"]
    assert await said(cancel(session, replace(mine, appointment=row.id, answer="yes"))) == ["cancel_passed_on"]
    assert await said(move(session, mine)) == ["move_passed_on"]
    assert row.status is Status.unknown
    assert [one.reason for one in await still_open(session)] == [Reason.appointment_change] * 2


async def test_a_reason_is_noted_after_a_cancellation(session: AsyncSession) -> None:
    mine = await wish(session)
    row = await visit(session, mine, NOW + DAY, status=Status.excused, cancelled_at=NOW)
    asked = replace(mine, appointment=row.id, answer="why")
    assert await said(cancel(session, asked)) == ["cancel_why"]
    given = replace(mine, appointment=row.id, excuse=Excuse.transport)
    assert await said(cancel(session, given)) == ["cancel_excuse_noted"]
    assert row.excuse is Excuse.transport


async def test_a_move_gives_the_old_hour_back_only_once_the_new_one_is_theirs(session: AsyncSession) -> None:
    mine = await wish(session)
    row = await visit(session, mine, NOW + DAY, documents=["CV"])
    team = await session.get_one(Organisation, mine.person.organisation_id)
    slot = await factories.slot(session, team, NOW + 2 * DAY)
    assert await said(move(session, mine)) == ["move_slots"]

    assert await said(move(session, replace(mine, slot=slot.id))) == ["move_done"]
    taken = await session.get_one(Appointment, slot.appointment_id)
    assert (taken.starts_at, taken.documents, taken.title) == (NOW + 2 * DAY, ["CV"], row.title)
    assert row.status is Status.excused


async def test_a_call_that_becomes_a_visit_says_so_when_offered_and_when_done(
    session: AsyncSession,
) -> None:
    mine = await wish(session)
    await visit(session, mine, NOW + DAY, location_type=LocationType.phone)
    team = await session.get_one(Organisation, mine.person.organisation_id)
    slot = await factories.slot(session, team, NOW + 2 * DAY)
    [offer] = await move(session, mine)
    assert [one["how"] for one in offer.facts["slots"]] == ["public_office"]
    [done] = await move(session, replace(mine, slot=slot.id))
    assert done.facts["how"] == "public_office"


async def test_an_hour_that_is_gone_leaves_the_appointment_as_it_was(session: AsyncSession) -> None:
    mine = await wish(session)
    row = await visit(session, mine, NOW + DAY)
    team = await session.get_one(Organisation, mine.person.organisation_id)
    other = await visit(session, await wish(session), NOW + 2 * DAY)
    slot = await factories.slot(session, team, NOW + 2 * DAY, appointment_id=other.id)
    assert await said(move(session, replace(mine, slot=slot.id))) == ["slot_gone", "move_no_slot"]
    assert row.status is Status.unknown
    assert [one.reason for one in await still_open(session)] == [Reason.no_slot]


@pytest.mark.parametrize(
    ("expires", "answered", "told"),
    [(DAY, None, "invitation_open"), (None, None, "invitation_open"), (-DAY, None, "invitation_expired"),
     (DAY, -DAY, "invitation_answered")],
)  # fmt: skip
async def test_a_link_is_answered_from_its_date_of_expiry(
    session: AsyncSession, expires: timedelta | None, answered: timedelta | None, told: str
) -> None:
    mine = await wish(session)
    row = Invitation(
        source="test",
        source_id="1",
        beneficiary_id=mine.person.id,
        category="rsa_orientation",
        sent_at=NOW - 3 * DAY,
        expires_at=NOW + expires if expires else None,
        answered_at=NOW + answered if answered else None,
    )
    session.add(row)
    await session.flush()
    assert await said(invitation(session, mine.person.id, NOW)) == [told]


async def test_no_link_is_said_to_be_none(session: AsyncSession) -> None:
    mine = await wish(session)
    assert await said(invitation(session, mine.person.id, NOW)) == ["invitation_none"]


@pytest.mark.parametrize("status", [Status.unknown, Status.noshow])
async def test_a_missed_one_leads_to_another_date(session: AsyncSession, status: Status) -> None:
    mine = await wish(session)
    await visit(session, mine, NOW - DAY, status=status)
    assert await said(missed(session, mine, ())) == ["missed_no_slot"]
    team = await session.get_one(Organisation, mine.person.organisation_id)
    await factories.slot(session, team, NOW + 2 * DAY)
    assert await said(missed(session, mine, ())) == ["missed_slots"]
    await visit(session, mine, NOW + 3 * DAY)
    assert await said(missed(session, mine, ())) == ["missed_next"]


@pytest.mark.parametrize("status", [Status.seen, Status.excused, Status.revoked])
async def test_what_was_held_or_cancelled_was_not_missed(session: AsyncSession, status: Status) -> None:
    mine = await wish(session)
    cancelled = NOW - 2 * DAY if status in (Status.excused, Status.revoked) else None
    await visit(session, mine, NOW - DAY, status=status, cancelled_at=cancelled)
    assert await missed(session, mine, ()) == []


async def test_the_day_that_is_named_says_which_of_several(session: AsyncSession) -> None:
    mine = await wish(session)
    rows = [await visit(session, mine, NOW + days * DAY) for days in (1, 2)]
    named = replace(mine, said=read("je veux changer le rdv du 27 novembre", NOW))
    team = await session.get_one(Organisation, mine.person.organisation_id)
    hours = [await factories.slot(session, team, NOW + days * DAY) for days in (3, 4)]
    [moves] = await move(session, replace(named, refused=frozenset({hours[0].starts_at.date()})))
    assert moves.facts["starts_at"] == rows[1].starts_at
    assert [one["id"] for one in moves.facts["slots"]] == [str(hours[1].id)]
    assert (await cancel(session, named))[0].facts["starts_at"] == rows[1].starts_at
    assert await said(move(session, replace(mine, said=read("le rdv de décembre", NOW)))) == ["move_which"]


async def test_what_is_kept_is_named_or_is_the_only_one(session: AsyncSession) -> None:
    mine = replace(await wish(session), answer="no")
    first = await visit(session, mine, NOW + DAY)
    assert (await cancel(session, mine))[0].facts["starts_at"] == first.starts_at
    second = await visit(session, mine, NOW + 2 * DAY)
    named = replace(mine, said=read("je garde vendredi", NOW))
    assert (await cancel(session, named))[0].facts["starts_at"] == second.starts_at
    assert await said(cancel(session, mine)) == ["appointment_next"]
