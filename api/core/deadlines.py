"""A day by which somebody must answer, as people write it: 15 décembre, 15/12, avant le 15, avant vendredi."""

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

from api.core.folding import fold
from api.core.wished_times import WEEKDAYS
from api.core.written_dates import month_of, written_dates

AHEAD = timedelta(days=183)
"""Letters give weeks or months: "le 20 novembre" of a letter that came last week is no day of next year."""
_NUMBERS = re.compile(r"(?<![\d/.-])(?P<day>0?[1-9]|[12]\d|3[01])\s?/\s?(?P<month>0?[1-9]|1[0-2])(?![\d/])")
_WORDS = re.compile(r"(?<!\d)(?P<day>0?[1-9]|[12]\d|3[01]|premier)\s?(?:er)?\s(?P<month>[^\W\d_]{3,10})", re.IGNORECASE)

# Only what is said to be a limit: "vendredi" alone may be the day on which the letter came.
_LIMIT = r"\b(?:avant|d ici|pour|jusqu a|jusqu au|au plus tard) (?:le |la |ce )?"
_IN_MONTH = re.compile(
    _LIMIT
    + r"(?P<day>[1-9]|[12]\d|3[01])(?:er)?\b(?!\s?[/.:-]?\d|\s?(?:h|heures?|€|euros?|ans)\b)(?: (?P<next>[a-z]+))?"
)
_NEAR = re.compile(_LIMIT + rf"(?P<word>demain|apres demain|fin du mois|{'|'.join(WEEKDAYS)})\b")


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

    yield from _near(fold(text), today)


def _near(folded: str, today: date) -> Iterator[date]:
    """Days that need no month: the next 15th, the next Friday, tomorrow, the end of the month."""
    for match in _IN_MONTH.finditer(folded):
        if month_of(match["next"] or "") is None:
            ahead = (today + timedelta(days=days) for days in range(62))
            yield from (day for day in ahead if day.day == int(match["day"]))
    for match in _NEAR.finditer(folded):
        yield today + timedelta(days=_days_until(match["word"], today))


def _days_until(word: str, today: date) -> int:
    if word in WEEKDAYS:
        return (WEEKDAYS.index(word) - today.weekday() - 1) % 7 + 1
    last = calendar.monthrange(today.year, today.month)[1]
    return {"demain": 1, "apres demain": 2, "fin du mois": last - today.day}[word]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
