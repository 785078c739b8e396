"""Whether a professional can be reached now, and else when next."""

from datetime import date, datetime

import pytest

from api.caseworkers.reaching import Absence, Reach, reach
from api.core.clock import PARIS

WEEK = {day: [["09:00", "12:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
# Wednesday 25 November 2026.
TODAY, THURSDAY, FRIDAY = date(2026, 11, 25), date(2026, 11, 26), date(2026, 11, 27)
MONDAY, TUESDAY = date(2026, 11, 30), date(2026, 12, 1)
LAST_WEEK = date(2026, 11, 18)


def at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("rule", "absence", "moment", "expected"),
    [
        ("within their hours", None, at(TODAY, 10), Reach(True, None)),
        ("in the afternoon: tomorrow", None, at(TODAY, 15), Reach(False, at(THURSDAY, 9))),
        ("on Saturday: Monday", None, at(date(2026, 11, 28), 10), Reach(False, at(MONDAY, 9))),
        ("Christmas is closed", None, at(date(2026, 12, 25), 10), Reach(False, at(date(2026, 12, 28), 9))),
        ("away until Monday: Tuesday", Absence(TODAY, MONDAY), at(TODAY, 10), Reach(False, at(TUESDAY, 9))),
        ("away until Friday: Monday", Absence(TODAY, FRIDAY), at(TODAY, 10), Reach(False, at(MONDAY, 9))),
        ("the last day is away too", Absence(LAST_WEEK, TODAY), at(TODAY, 10), Reach(False, at(THURSDAY, 9))),
        ("back since this morning", Absence(LAST_WEEK, date(2026, 11, 24)), at(TODAY, 10), Reach(True, None)),
        ("nobody knows until when", Absence(TODAY, None), at(TODAY, 10), Reach(False, None)),
        ("there today, away tomorrow", Absence(THURSDAY, MONDAY), at(TODAY, 10), Reach(True, None)),
        ("closed now, away tomorrow", Absence(THURSDAY, MONDAY), at(TODAY, 15), Reach(False, at(TUESDAY, 9))),
        ("closed now, then away for who knows how long", Absence(THURSDAY, None), at(TODAY, 15), Reach(False, None)),
    ],
)
def test_somebody_is_reached_in_their_hours_and_not_while_away(
    rule: str, absence: Absence | None, moment: datetime, expected: Reach
) -> None:
    assert reach(WEEK, absence, moment) == expected, rule


def test_who_has_no_hours_is_never_said_to_answer() -> None:
    assert reach({}, None, at(TODAY, 10)) == Reach(False, None)
