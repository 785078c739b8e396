"""A team is told of what it leaves while it is open: by its hours, not by the clock."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.authorities.opening import is_open
from api.core.clock import PARIS
from api.escalations.tables import Priority
from api.mails.patience import URGENT, alert_at

DAY = [["08:30", "12:00"], ["13:30", "17:00"]]
HOURS = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), DAY)
NEXT_WEEK = datetime(2026, 12, 4, 23, 59, tzinfo=PARIS)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """In November 2026: the 25th is a Wednesday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("since", "told"),
    [
        pytest.param(at(25, 9), at(25, 11), id="two hours later"),
        pytest.param(at(25, 11), at(25, 14, 30), id="lunch does not count"),
        pytest.param(at(25, 16), at(26, 9, 30), id="nor the night"),
        pytest.param(at(27, 16, 30), at(30, 10), id="nor the week-end"),
        pytest.param(at(25, 22), at(26, 10, 30), id="asked in the evening, it waits from the morning on"),
    ],
)
def test_two_open_hours_are_left(since: datetime, told: datetime) -> None:
    assert alert_at(HOURS, since, NEXT_WEEK, Priority.normal) == told


def test_half_of_a_short_promise_is_left() -> None:
    assert alert_at(HOURS, at(25, 9), at(25, 10), Priority.high) == at(25, 9, 30)


def test_what_is_urgent_is_told_in_five_minutes_at_any_hour() -> None:
    assert alert_at(HOURS, at(29, 3), NEXT_WEEK, Priority.urgent) == at(29, 3, 5)


@pytest.mark.parametrize(("hours", "due"), [({}, NEXT_WEEK), (HOURS, at(24, 23))], ids=["never open", "due already"])
def test_what_leaves_no_time_is_told_when_it_can_be(hours: dict[str, list[list[str]]], due: datetime) -> None:
    told = alert_at(hours, at(25, 10), due, Priority.normal)
    assert told == at(25, 10)


@given(st.integers(0, 14 * 24 * 60), st.integers(1, 10 * 24 * 60))
def test_it_is_never_told_while_nobody_is_there_nor_before_it_is_asked(asked: int, promised: int) -> None:
    since = at(16, 0) + timedelta(minutes=asked)
    told = alert_at(HOURS, since, since + timedelta(minutes=promised), Priority.normal)
    assert since <= told
    assert is_open(HOURS, told - timedelta(seconds=1)) or told == since or is_open(HOURS, told)
    assert alert_at(HOURS, since, NEXT_WEEK, Priority.urgent) == since + URGENT
