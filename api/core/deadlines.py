"""A day by which somebody must answer, as people write it: 15/12, 15 décembre, 15/12/2026, le 1er."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from api.core.written_dates import month_of, written_dates

AHEAD = timedelta(days=183)
"""Letters give weeks or months: "le 20 novembre" of a letter that came last week is no day of next year."""
_NUMBERS = re.compile(r"(?<![\d/.-])(?P<day>0?[1-9]|[12]\d|3[01])\s?/\s?(?P<month>0?[1-9]|1[0-2])(?![\d/])")
_WORDS = re.compile(r"(?<!\d)(?P<day>0?[1-9]|[12]\d|3[01]|premier)\s?(?:er)?\s(?P<month>[^\W\d_]{3,10})", re.IGNORECASE)


def deadline_in(text: str, today: date) -> date | None:
    """The soonest day to come that the text names, half a year ahead at most; None when it names none."""
    ahead = (day for day in _days(text, today) if today <= day <= today + AHEAD)
    return min(ahead, default=None)


def _days(text: str, today: date) -> Iterator[date]:
    for written in written_dates(text):
        text = text[: written.start] + "x" * (written.end - written.start) + text[written.end :]
        if found := _day(written.year if written.full_year else 2000 + written.year, written.month, written.day):
            yield found
    for shape in (_NUMBERS, _WORDS):
        for match in shape.finditer(text):
            month = int(match["month"]) if match["month"].isdecimal() else month_of(match["month"])
            day = int(match["day"]) if match["day"].isdecimal() else 1
            yield from (found for year in (today.year, today.year + 1) if month and (found := _day(year, month, day)))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
