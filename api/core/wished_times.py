"""When somebody would like something: "demain matin", "jeudi après 17h", "entre 14h et 16h", as a span of time."""

from datetime import date, datetime, time, timedelta

from api.core.clock import PARIS, paris
from api.core.dates import Limit, Reading, read
from api.core.dates.hours import OPEN

Span = tuple[datetime, datetime]


def wished(text: str, now: datetime) -> Span | None:
    """The span that a text names, in the future of `now` (aware); None when it names no day and no hour.

    A day without an hour is the whole day; an hour without a day, the next time that it comes. Of several days, the
    first to come.
    """
    said, today = read(text, now), paris(now).date()
    days = _days(said, today)
    if days is None:
        return None
    hours = said.hours or OPEN
    span = _span(*days, *hours)
    if not said.spans and span[1] <= now:
        tomorrow = today + timedelta(days=1)
        span = _span(tomorrow, tomorrow, *hours)
    return span


def _days(said: Reading, today: date) -> tuple[date, date] | None:
    ahead = sorted(span for span in said.spans if span[1] >= today)
    if not ahead:
        return (today, today) if said.hours and not said.spans else None
    first, last = ahead[0]
    return (today if said.limit is Limit.by else first), last


def _span(first_day: date, last_day: date, first: time, last: time) -> Span:
    return datetime.combine(first_day, first, PARIS), datetime.combine(last_day, max(first, last), PARIS)
