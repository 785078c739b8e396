"""Public holidays in Brittany."""

from datetime import date
from functools import cache

import holidays


def is_holiday(day: date) -> bool:
    """Whether that day is one."""
    return day in _holidays(day.year)


@cache
def _holidays(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("FR", years=year)
