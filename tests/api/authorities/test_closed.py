"""A notice that closes a service is left out of its hours: of what is open now, and of what is promised."""

from datetime import UTC, date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.opening import due_on, is_open, next_opening, spans
from api.authorities.tables import Authority, Notice, NoticeKind
from tests import factories

MORNINGS = {day: [["08:30", "12:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)
WEDNESDAY = datetime(2026, 11, 25, 9, tzinfo=UTC)


async def closed(session: AsyncSession, kind: NoticeKind, starts_at: datetime, ends_at: datetime) -> Authority:
    authority = await factories.authority(session)
    authority.hours = MORNINGS
    session.add(Notice(authority_code=authority.code, kind=kind, text="Grève.", starts_at=starts_at, ends_at=ends_at))
    await session.flush()
    session.expunge_all()
    return await session.get_one(Authority, authority.code)


async def test_a_closed_day_is_not_open_nor_counted_nor_promised(session: AsyncSession) -> None:
    ends = datetime(2026, 11, 25, 22, tzinfo=UTC)
    hours = (await closed(session, NoticeKind.closure, datetime(2026, 11, 24, 22, tzinfo=UTC), ends)).hours_left()
    assert is_open(hours, TUESDAY)
    assert not is_open(hours, WEDNESDAY)
    opens = next_opening(hours, WEDNESDAY)
    assert opens
    assert opens.date() == date(2026, 11, 26)
    assert due_on(hours, TUESDAY, 1) == date(2026, 11, 26)


async def test_a_morning_that_is_closed_in_part_is_not_counted_on(session: AsyncSession) -> None:
    ends = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
    hours = (await closed(session, NoticeKind.closure, WEDNESDAY, ends)).hours_left()
    assert spans(hours, date(2026, 11, 25)) == []


async def test_a_closure_taken_back_in_the_morning_that_it_would_have_cut_closes_nothing(session: AsyncSession) -> None:
    taken_back = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)
    hours = (await closed(session, NoticeKind.closure, WEDNESDAY, taken_back)).hours_left()
    assert is_open(hours, WEDNESDAY)


async def test_the_hours_of_a_team_close_with_its_authority(session: AsyncSession) -> None:
    ends = datetime(2026, 11, 25, 22, tzinfo=UTC)
    authority = await closed(session, NoticeKind.closure, datetime(2026, 11, 24, 22, tzinfo=UTC), ends)
    assert not is_open(authority.hours_left(MORNINGS), WEDNESDAY)


async def test_an_outage_or_a_strike_closes_nothing_by_itself(session: AsyncSession) -> None:
    ends = datetime(2026, 11, 25, 22, tzinfo=UTC)
    hours = (await closed(session, NoticeKind.strike, datetime(2026, 11, 24, 22, tzinfo=UTC), ends)).hours_left()
    assert is_open(hours, WEDNESDAY)
