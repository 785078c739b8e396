"""When somebody would like something: "demain matin", "jeudi après 17h", "entre 14h et 16h", as a span of time."""

import re
from datetime import date, datetime, time, timedelta

from api.core.clock import PARIS, paris

Span = tuple[datetime, datetime]

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
PARTS = (
    ("apres midi", time(12, 0), time(18, 0)),
    ("aprem", time(12, 0), time(18, 0)),
    ("matin", time(8, 0), time(12, 0)),
    ("matinee", time(8, 0), time(12, 0)),
    ("midi", time(12, 0), time(14, 0)),
    ("soiree", time(17, 0), time(20, 0)),
    ("soir", time(17, 0), time(20, 0)),
)
DAY = (time(8, 0), time(20, 0))
"""When a call may be wished for; the service's hours narrow it down."""
_CLOCK = r"(\d{1,2}) ?(?:h|:|heures?)(?: ?(\d{2}))?"
_BETWEEN = re.compile(rf"\b(?:entre|de) {_CLOCK} (?:et|a) {_CLOCK}")
_AFTER = re.compile(rf"\b(?:apres|a partir de|des|pas avant) {_CLOCK}")
_BEFORE = re.compile(rf"\b(?:avant|jusqu a|pas apres) {_CLOCK}")
_AT = re.compile(rf"\b{_CLOCK}")


def wished(text: str, now: datetime) -> Span | None:
    """The span that a normalised text names, in the future of `now` (aware); None when it names no day and no hour.

    A day without an hour is the whole day; an hour without a day, the next time that it comes.
    """
    day, hours = _day(text, paris(now).date()), _hours(text)
    if day is None and hours is None:
        return None
    first, last = hours or DAY
    span = _span(day or paris(now).date(), first, last)
    if day is None and span[1] <= now:
        span = _span(paris(now).date() + timedelta(days=1), first, last)
    return span


def _day(text: str, today: date) -> date | None:
    if re.search(r"\bapres demain\b", text):
        return today + timedelta(days=2)
    if re.search(r"\bdemain\b", text):
        return today + timedelta(days=1)
    if re.search(r"\b(?:aujourd hui|tout de suite|maintenant|ce (?:matin|midi|soir)|cet (?:aprem|apres midi))\b", text):
        return today
    named = re.search(rf"\b({'|'.join(WEEKDAYS)})\b", text)
    return today + timedelta(days=_until(today, WEEKDAYS.index(named[1]))) if named else None


def _until(today: date, weekday: int) -> int:
    """Days until the next such weekday: said on a Thursday, "jeudi" is in a week."""
    return (weekday - today.weekday() - 1) % 7 + 1


def _hours(text: str) -> tuple[time, time] | None:
    if found := _BETWEEN.search(text):
        bounds = _clock(found[1], found[2]), _clock(found[3], found[4])
        return bounds if bounds[0] < bounds[1] else None
    if found := _AFTER.search(text):
        return _clock(found[1], found[2]), DAY[1]
    if found := _BEFORE.search(text):
        return DAY[0], _clock(found[1], found[2])
    if found := _AT.search(text):
        start = _clock(found[1], found[2])
        return start, time(min(start.hour + 1, 23), start.minute)
    return next(((first, last) for word, first, last in PARTS if re.search(rf"\b{word}\b", text)), None)


def _clock(hour: str, minute: str | None) -> time:
    return time(min(int(hour), 23), min(int(minute or 0), 59))


def _span(day: date, first: time, last: time) -> Span:
    return datetime.combine(day, first, PARIS), datetime.combine(day, max(first, last), PARIS)
