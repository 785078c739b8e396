"""An answer is promised for a day when somebody is there; who is away today is asked nothing."""

from datetime import date, datetime, timedelta

import pytest

from api.caseworkers.reaching import Absence
from api.core.clock import PARIS
from api.escalations.delays import due_at, end_of, on_duty

DAY = [["08:30", "12:00"], ["13:30", "17:00"]]
WEEK = {"mon": DAY, "tue": DAY, "wed": DAY, "thu": DAY, "fri": DAY}
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=PARIS)  # a Wednesday
TODAY, UNTIL = NOW.date(), end_of(date(2026, 11, 27))


def test_a_deadline_that_is_sooner_than_the_delay_is_kept() -> None:
    assert due_at(WEEK, 2, NOW) == UNTIL
    assert due_at(WEEK, 2, NOW, date(2026, 11, 26)) == end_of(date(2026, 11, 26))
    assert due_at(WEEK, 2, NOW, date(2026, 12, 24)) == UNTIL


def test_a_deadline_that_has_passed_promises_nothing_in_the_past() -> None:
    assert due_at(WEEK, 2, NOW, TODAY - timedelta(days=1)) == UNTIL


def test_without_hours_a_week_is_promised() -> None:
    assert due_at({}, 2, NOW) == NOW + timedelta(days=7)


@pytest.mark.parametrize(
    ("hours", "absence", "there"),
    [
        pytest.param(WEEK, None, True, id="at work"),
        pytest.param({"fri": DAY}, None, True, id="part-time, before the delay ends"),
        pytest.param({"mon": DAY}, None, False, id="part-time, after it ended"),
        pytest.param({"wed": [["08:30", "09:30"]]}, None, False, id="gone for the day"),
        pytest.param(WEEK, Absence(TODAY, TODAY), False, id="away today, back tomorrow"),
        pytest.param(WEEK, Absence(TODAY, None), False, id="away, nobody knows until when"),
        pytest.param({"fri": DAY}, Absence(date(2026, 11, 27), None), False, id="away on the only day"),
        pytest.param(WEEK, Absence(date(2026, 11, 26), None), True, id="still there today"),
        pytest.param(WEEK, Absence(date(2026, 11, 1), date(2026, 11, 24)), True, id="back today"),
    ],
)
def test_on_duty_is_who_works_before_the_answer_is_due(hours: dict[str, object], absence: Absence, there: bool) -> None:
    assert on_duty(hours, absence, NOW, UNTIL) is there  # type: ignore[arg-type]


def test_nobody_is_on_duty_on_a_public_holiday() -> None:
    christmas = datetime(2026, 12, 25, 9, 0, tzinfo=PARIS)
    assert not on_duty(WEEK, None, christmas, end_of(christmas.date()))
