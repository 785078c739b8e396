"""When somebody is there: the next opening, and a day by which an answer may honestly be promised."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from api.authorities.hours import CLOSED, ORDER, Hours
from api.core.clock import PARIS, paris
from api.core.public_holidays import is_holiday

LOOK_AHEAD = 60
"""Days; a service that does not open for so long gives no date, only its number."""


def is_open(hours: Hours, moment: datetime) -> bool:
    """Whether a service of these hours is open at `moment` (aware); never on a public holiday."""
    return any(opens <= moment < closes for opens, closes in spans(hours, paris(moment).date()))


def next_opening(hours: Hours, moment: datetime) -> datetime | None:
    """When it opens next, strictly after `moment`; None when it does not within two months."""
    starts = (opens for day in _days(moment) for opens, _ in spans(hours, day) if opens > moment)
    return next(starts, None)


def due_on(hours: Hours, moment: datetime, working_days: int) -> date | None:
    """The last day on which an answer is in time, `working_days` open days after the present one.

    A request that comes when everybody has left counts from the next opening. None: no opening is known.
    """
    ends = [max(closes for _, closes in spans(hours, day)) for day in _days(moment) if spans(hours, day)]
    left = [end for end in ends if end > moment]
    return paris(left[working_days]).date() if len(left) > working_days else None


def spans(hours: Hours, day: date) -> list[tuple[datetime, datetime]]:
    """When it is open on that day, as instants; empty on a public holiday, and without what a notice closes."""
    if is_holiday(day):
        return []
    written = hours.get(ORDER[day.weekday()]) or ()
    open_at = [(_at(day, opens), _at(day, closes)) for opens, closes in written]
    return [span for span in open_at if not _is_closed(hours, *span)]


def _is_closed(hours: Hours, opens: datetime, closes: datetime) -> bool:
    """Half a morning is no morning: nobody counts on what is left of it."""
    closed = [(datetime.fromisoformat(starts), datetime.fromisoformat(ends)) for starts, ends in hours.get(CLOSED, ())]
    return any(starts < closes and ends > opens for starts, ends in closed)


def _days(moment: datetime) -> Iterator[date]:
    today = paris(moment).date()
    return (today + timedelta(days=ahead) for ahead in range(LOOK_AHEAD))


def _at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), PARIS)
