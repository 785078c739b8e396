"""Honest delays: hours, week-ends, public holidays, and the two days of the year when the hour changes."""

from datetime import date, datetime

import pytest

from api.authorities.opening import due_on, is_open, next_opening
from api.core.clock import PARIS

DAY = [["08:30", "12:00"], ["13:30", "17:00"]]
WEEK = {"mon": DAY, "tue": DAY, "wed": DAY, "thu": DAY, "fri": DAY}


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("moment", "opened"),
    [
        ("2026-11-25T08:29", False),
        ("2026-11-25T08:30", True),
        ("2026-11-25T12:00", False),
        ("2026-11-25T16:59", True),
        ("2026-11-28T10:00", False),  # a Saturday
        ("2026-12-25T10:00", False),  # Christmas, a Friday
    ],
)
def test_open_within_hours_and_never_on_a_holiday(moment: str, opened: bool) -> None:
    assert is_open(WEEK, at(moment)) is opened


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-25T07:00", "2026-11-25T08:30"),
        ("2026-11-25T09:00", "2026-11-25T13:30"),
        ("2026-11-27T18:00", "2026-11-30T08:30"),
        ("2026-12-24T18:00", "2026-12-28T08:30"),
        ("2027-03-26T18:00", "2027-03-30T08:30"),  # Easter Monday, and summer time begins on the Sunday
    ],
)
def test_the_next_opening(moment: str, opens: str) -> None:
    assert next_opening(WEEK, at(moment)) == at(opens)


@pytest.mark.parametrize(
    ("moment", "days", "due"),
    [
        ("2026-11-25T10:00", 2, date(2026, 11, 27)),
        ("2026-11-25T18:00", 2, date(2026, 11, 30)),  # asked in the evening: counted from the next morning
        ("2026-11-27T10:00", 2, date(2026, 12, 1)),
        ("2026-12-23T10:00", 2, date(2026, 12, 28)),
        ("2026-11-25T10:00", 0, date(2026, 11, 25)),
    ],
)
def test_a_day_that_can_be_promised(moment: str, days: int, due: date) -> None:
    assert due_on(WEEK, at(moment), days) == due


def test_a_service_that_never_opens_promises_nothing() -> None:
    assert next_opening({}, at("2026-11-25T10:00")) is None
    assert due_on({}, at("2026-11-25T10:00"), 2) is None
