"""Days of the demonstration are days when offices work."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.core.clock import paris
from api.seed.calendar import moment, open_day, soon

MONDAY = date(2026, 11, 23)
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("today", "days", "expected"),
    [
        (MONDAY, 0, MONDAY),
        (date(2026, 11, 22), 0, date(2026, 11, 22)),
        (MONDAY, 1, date(2026, 11, 24)),
        (MONDAY, 5, date(2026, 11, 30)),
        (MONDAY, -2, date(2026, 11, 20)),
        (date(2026, 12, 24), 1, date(2026, 12, 28)),
        (date(2027, 1, 2), -1, date(2026, 12, 31)),
    ],
)
def test_a_day_off_moves_away_from_today(today: date, days: int, expected: date) -> None:
    assert open_day(today, days) == expected


@given(DAYS, st.integers(1, 120))
def test_what_is_to_come_stays_to_come_and_what_is_past_stays_past(today: date, days: int) -> None:
    assert today + timedelta(days) <= open_day(today, days) <= today + timedelta(days + 5)
    assert open_day(today, -days) <= today - timedelta(days)


@pytest.mark.parametrize(("day", "hour"), [(date(2026, 7, 1), 7), (date(2026, 12, 1), 8)])
def test_a_clock_in_brittany_follows_summer_time(day: date, hour: int) -> None:
    assert moment(day, "09:00") == datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-23 09:00", "2026-11-23 12:00"),
        ("2026-11-23 09:01", "2026-11-23 12:15"),
        ("2026-11-23 05:00", "2026-11-23 08:00"),
        ("2026-11-23 01:30", "2026-11-23 08:00"),
        ("2026-11-23 15:00", "2026-11-23 18:00"),
        ("2026-11-23 15:01", "2026-11-24 08:00"),
        ("2026-11-23 22:30", "2026-11-24 08:00"),
        ("2026-10-24 23:00", "2026-10-25 08:00"),
    ],
)
def test_soon_is_three_hours_later_or_the_next_morning(now: str, expected: str) -> None:
    here, there = (moment(date.fromisoformat(text[:10]), text[11:]) for text in (now, expected))
    assert soon(here) == there


@given(st.integers(0, 3 * 365 * 24 * 3600))
def test_soon_is_a_quarter_of_an_hour_of_a_working_day(seconds: int) -> None:
    now = moment(MONDAY, "00:00") + timedelta(seconds=seconds)
    starts = soon(now)
    assert starts - now >= timedelta(hours=3)
    assert time(8) <= paris(starts).time() <= time(18)
    assert (starts.minute % 15, starts.second, starts.microsecond) == (0, 0, 0)
