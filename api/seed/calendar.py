"""Dates of the demonstration, counted from the day it is filled."""

from datetime import UTC, date, datetime, time, timedelta

from api.core.clock import PARIS, paris
from api.core.public_holidays import is_holiday

SOON = timedelta(hours=3)
FIRST, LAST = time(8), time(18)
"""Between which hours, in Paris time, an appointment may begin soon."""
QUARTER = timedelta(minutes=15)
_ORIGIN = datetime(1970, 1, 1, tzinfo=UTC)


def open_day(today: date, days: int) -> date:
    """The day `days` from today, moved away from today to the next one when offices work; 0 is always today."""
    found = today + timedelta(days=days)
    step = timedelta(days=1 if days > 0 else -1)
    while days and (found.weekday() >= 5 or is_holiday(found)):
        found += step
    return found


def moment(on: date, clock: str) -> datetime:
    """The instant when it is `clock` ("09:30") in Brittany on that day, in UTC."""
    return datetime.combine(on, time.fromisoformat(clock), PARIS).astimezone(UTC)


def soon(now: datetime) -> datetime:
    """Three hours from `now`, at the next quarter of an hour; where nobody works then, the next morning at eight."""
    # Division goes down, so what comes before the origin is rounded up.
    starts = _ORIGIN - (_ORIGIN - now - SOON) // QUARTER * QUARTER
    clock = paris(starts)
    if FIRST <= clock.time() <= LAST:
        return starts
    morning = clock.date() + timedelta(days=clock.time() > LAST)
    return datetime.combine(morning, FIRST, PARIS).astimezone(UTC)
