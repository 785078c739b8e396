"""Seven and two days before, at ten, when a telephone may ring; what was over when it was asked for is not sent."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.core.clock import paris
from api.core.quiet_hours import next_allowed
from api.letters.due import ahead, due
from api.letters.tables import LetterReminderKind
from tests.api.appointments.reminding.conftest import at

SEVEN, TWO = LetterReminderKind.seven_days, LetterReminderKind.two_days
TUESDAY = date(2026, 12, 8)
LONG_BEFORE = at("2026-11-20 12:00")


def test_they_go_a_week_before_and_on_the_last_permitted_day_two_days_before() -> None:
    # The 6th is a Sunday.
    assert ahead(TUESDAY, LONG_BEFORE) == {SEVEN: at("2026-12-01 10:00"), TWO: at("2026-12-05 10:00")}


@pytest.mark.parametrize(
    ("now", "left"),
    [
        ("2026-12-01 09:59", [SEVEN, TWO]),
        ("2026-12-01 10:00", [TWO]),
        ("2026-12-05 09:59", [TWO]),
        ("2026-12-05 10:00", []),
        ("2026-12-08 08:00", []),
    ],
)
def test_within_a_week_one_is_left_and_within_two_days_none(now: str, left: list[LetterReminderKind]) -> None:
    assert list(ahead(TUESDAY, at(now))) == left


@pytest.mark.parametrize(
    ("agreed", "now", "sent"),
    [
        ("2026-11-20 12:00", "2026-12-01 09:59", None),
        ("2026-11-20 12:00", "2026-12-01 10:00", SEVEN),
        ("2026-11-20 12:00", "2026-12-04 18:00", SEVEN),
        ("2026-11-20 12:00", "2026-12-05 10:00", TWO),
        ("2026-11-20 12:00", "2026-12-08 19:00", TWO),
        ("2026-11-20 12:00", "2026-12-09 08:00", None),
        ("2026-12-01 11:00", "2026-12-04 18:00", None),
        ("2026-12-05 11:00", "2026-12-07 10:00", None),
    ],
)
def test_one_that_was_held_up_goes_later_and_gives_way_to_the_next(
    agreed: str, now: str, sent: LetterReminderKind | None
) -> None:
    assert due(TUESDAY, at(agreed), at(now)) is sent


@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)), st.integers(0, 60 * 24 * 30))
def test_each_goes_by_day_at_ten_and_at_least_so_many_days_before(day: date, minutes: int) -> None:
    now = datetime.combine(day, datetime.min.time(), LONG_BEFORE.tzinfo) - timedelta(minutes=minutes)
    for kind, moment in ahead(day, now).items():
        assert moment > now
        assert next_allowed(moment) == moment
        assert paris(moment).hour == 10
        assert 0 <= (day - paris(moment).date()).days - {SEVEN: 7, TWO: 2}[kind] <= 4
