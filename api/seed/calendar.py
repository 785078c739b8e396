"""Dates of the demonstration, counted from the day it is filled."""

from datetime import UTC, date, datetime, time, timedelta

import holidays

from api.core.clock import PARIS


def open_day(today: date, days: int) -> date:
    """The day `days` from today, moved away from today to the next one when offices work; 0 is always today."""
    day = today + timedelta(days=days)
    step = timedelta(days=1 if days > 0 else -1)
    closed = holidays.country_holidays("FR")
    while days and (day.weekday() >= 5 or day in closed):
        day += step
    return day


def moment(day: date, clock: str) -> datetime:
    """The instant when it is `clock` ("09:30") in Brittany on that day, in UTC."""
    return datetime.combine(day, time.fromisoformat(clock), PARIS).astimezone(UTC)
