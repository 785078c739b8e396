"""A reminder goes at ten, on a permitted day, before its appointment, across both changes of summer time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.appointments.reminding.due import BEFORE, goes_at, good_until, is_due, last_day_due, next_morning
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


@given(KINDS, MOMENTS, st.integers(-60, 10 * 24 * 60))
def test_what_is_due_is_due_after_its_hour_before_its_appointment_and_by_day(
    kind: ReminderKind, now: datetime, minutes: int
) -> None:
    starts_at = now + timedelta(minutes=minutes)
    if is_due(kind, starts_at, now):
        moment = goes_at(kind, paris(starts_at).date())
        assert moment is not None
        assert moment <= now < starts_at
        assert next_allowed(now) == now


@given(KINDS, MOMENTS)
def test_no_day_that_is_due_lies_past_the_last_one(kind: ReminderKind, now: datetime) -> None:
    last = last_day_due(kind, now)
    for ahead in range(1, 15):
        moment = goes_at(kind, last + timedelta(days=ahead))
        assert moment is None or moment > now


@given(KINDS, DAYS, st.integers(0, 23))
def test_each_is_due_at_its_own_hour(kind: ReminderKind, visit_on: date, hour: int) -> None:
    starts_at = datetime(visit_on.year, visit_on.month, visit_on.day, hour, 30, tzinfo=PARIS).astimezone(UTC)
    moment = goes_at(kind, visit_on)
    if moment is not None:
        assert is_due(kind, starts_at, moment)
        assert not is_due(kind, starts_at, moment - timedelta(seconds=1))
        assert last_day_due(kind, moment) >= visit_on


def test_the_first_one_gives_way_to_the_second() -> None:
    starts_at = at("2026-11-27 09:30")
    assert good_until(ReminderKind.three_days, starts_at) == at("2026-11-26 10:00")
    assert good_until(ReminderKind.one_day, starts_at) == starts_at


@pytest.mark.parametrize(
    ("after", "moment"),
    [
        pytest.param("2026-11-25 09:00", "2026-11-25 10:00", id="the same day"),
        pytest.param("2026-11-25 10:00", "2026-11-25 10:00", id="at that very hour"),
        pytest.param("2026-11-25 10:01", "2026-11-26 10:00", id="the day after"),
        pytest.param("2026-11-28 17:00", "2026-11-30 10:00", id="past a Sunday"),
        pytest.param("2026-12-24 17:00", "2026-12-26 10:00", id="past a holiday"),
    ],
)
def test_what_follows_goes_on_the_first_permitted_morning(after: str, moment: str) -> None:
    assert next_morning(at(after)) == at(moment)


@given(MOMENTS)
def test_the_next_morning_is_permitted_and_soon(after: datetime) -> None:
    moment = next_morning(after)
    assert after <= moment <= after + timedelta(days=5)
    assert next_allowed(moment) == moment
    assert paris(moment).hour == 10
