"""A reminder goes at ten, on a permitted day, before its appointment, across both changes of summer time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.appointments.reminding.due import BEFORE, days_due, goes_at, last_morning
from api.appointments.tables import ReminderKind
from api.core.clock import PARIS, paris
from api.core.quiet_hours import next_allowed

DAYS = st.dates(date(2024, 1, 1), date(2034, 12, 31))
KINDS = st.sampled_from(list(BEFORE))
MOMENTS = st.integers(0, 10 * 365 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=PARIS).astimezone(UTC)


def is_due(kind: ReminderKind, starts_at: datetime, now: datetime) -> bool:
    """The rule, for one appointment: from its hour on, until it begins or the nearer reminder goes."""
    moment, nearer = goes_at(kind, paris(starts_at).date()), goes_at(ReminderKind.one_day, paris(starts_at).date())
    until = starts_at if kind is ReminderKind.one_day else nearer
    return moment is not None and until is not None and moment <= now < until


@pytest.mark.parametrize(
    ("kind", "visit_on", "moment"),
    [
        pytest.param("three_days", "2026-11-27", "2026-11-24 10:00", id="three days before"),
        pytest.param("one_day", "2026-11-27", "2026-11-26 10:00", id="one day before"),
        pytest.param("three_days", "2026-11-25", "2026-11-21 10:00", id="a Sunday is made up for on Saturday"),
        pytest.param("one_day", "2026-11-30", "2026-11-28 10:00", id="of a Monday, on Saturday"),
        pytest.param("one_day", "2027-03-30", "2027-03-27 10:00", id="of the day after Easter Monday too"),
        pytest.param("one_day", "2027-05-03", "2027-04-30 10:00", id="past 1 May and the Sunday after it"),
        pytest.param("one_day", "2026-12-26", "2026-12-24 10:00", id="past Christmas"),
        pytest.param("three_days", "2027-01-02", "2026-12-30 10:00", id="over the new year"),
        pytest.param("three_days", "2027-03-29", "2027-03-26 10:00", id="over the night that loses an hour"),
        pytest.param("three_days", "2026-10-27", "2026-10-24 10:00", id="over the night that gains one"),
    ],
)
def test_on_the_last_permitted_day_before(kind: str, visit_on: str, moment: str) -> None:
    assert goes_at(ReminderKind(kind), date.fromisoformat(visit_on)) == at(moment)


def test_two_on_one_morning_are_one() -> None:
    # Tuesday after Easter Monday: three days and one day before are the same Saturday.
    tuesday = date(2027, 3, 30)
    assert goes_at(ReminderKind.three_days, tuesday) is None
    assert goes_at(ReminderKind.one_day, tuesday) == at("2027-03-27 10:00")


@given(KINDS, DAYS)
def test_it_goes_at_ten_on_a_permitted_day_at_least_so_many_days_before(kind: ReminderKind, visit_on: date) -> None:
    moment = goes_at(kind, visit_on)
    if moment is None:
        return
    local = paris(moment)
    assert (local.hour, local.minute) == (10, 0)
    assert next_allowed(moment) == moment
    assert local.date() <= visit_on - timedelta(days=BEFORE[kind])
    # No permitted morning lies between: it is the last one.
    for day in range(1, (visit_on - local.date()).days - BEFORE[kind] + 1):
        later = datetime.combine(local.date() + timedelta(days=day), local.time(), PARIS)
        assert next_allowed(later) != later


@given(DAYS)
def test_the_two_of_one_appointment_never_go_together_nor_the_wrong_way_round(visit_on: date) -> None:
    early, late = (goes_at(kind, visit_on) for kind in BEFORE)
    assert late is not None
    assert early is None or early < late


@given(KINDS, MOMENTS)
def test_the_days_that_are_due_are_those_whose_appointments_are(kind: ReminderKind, now: datetime) -> None:
    first, last = days_due(kind, now)
    for ahead in range(12):
        day = paris(now).date() + timedelta(days=ahead)
        starts_at = datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=PARIS).astimezone(UTC)
        assert is_due(kind, starts_at, now) == (first <= day <= last)


@given(KINDS, DAYS, st.integers(0, 23))
def test_each_is_due_at_its_own_hour(kind: ReminderKind, visit_on: date, hour: int) -> None:
    starts_at = datetime(visit_on.year, visit_on.month, visit_on.day, hour, 30, tzinfo=PARIS).astimezone(UTC)
    moment = goes_at(kind, visit_on)
    if moment is not None:
        assert is_due(kind, starts_at, moment)
        assert not is_due(kind, starts_at, moment - timedelta(seconds=1))


def test_the_first_one_gives_way_to_the_second() -> None:
    starts_at, second = at("2026-11-27 09:30"), at("2026-11-26 10:00")
    assert is_due(ReminderKind.three_days, starts_at, second - timedelta(seconds=1))
    assert not is_due(ReminderKind.three_days, starts_at, second)
    assert is_due(ReminderKind.one_day, starts_at, second)


@pytest.mark.parametrize(
    ("now", "moment"),
    [
        pytest.param("2026-11-25 10:00", "2026-11-25 10:00", id="at that very hour"),
        pytest.param("2026-11-25 09:59", "2026-11-24 10:00", id="the day before"),
        pytest.param("2026-11-30 09:00", "2026-11-28 10:00", id="past a Sunday"),
        pytest.param("2026-12-26 09:00", "2026-12-24 10:00", id="past a holiday"),
    ],
)
def test_what_happened_before_a_permitted_morning_is_followed_up(now: str, moment: str) -> None:
    assert last_morning(at(now)) == at(moment)


@given(MOMENTS)
def test_the_last_morning_is_permitted_and_near(now: datetime) -> None:
    moment = last_morning(now)
    assert now - timedelta(days=5) <= moment <= now
    assert next_allowed(moment) == moment
    assert paris(moment).hour == 10
