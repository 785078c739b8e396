"""By when somebody answers, and who is there to do it: hours, public holidays, leave."""

from datetime import date, datetime, time, timedelta

from api.authorities.hours import Hours
from api.authorities.opening import due_on, spans
from api.caseworkers.reaching import Absence
from api.core.clock import PARIS, paris

UNKNOWN_DELAY = timedelta(days=7)
"""What is promised where no opening hours are known."""


def due_at(hours: Hours, working_days: int, now: datetime, deadline: date | None = None) -> datetime:
    """The end of the day by which an answer is promised: that of a deadline to come, where it is sooner."""
    day = due_on(hours, now, working_days)
    promised = end_of(day) if day else now + UNKNOWN_DELAY
    return min(promised, end_of(deadline)) if deadline and deadline >= paris(now).date() else promised


def on_duty(hours: Hours, absence: Absence | None, now: datetime, until: datetime) -> bool:
    """Whether somebody of these hours is not away today, and works between `now` and `until`."""
    today = paris(now).date()
    if absence and absence.covers(today):
        return False
    days = (today + timedelta(days=ahead) for ahead in range((paris(until).date() - today).days + 1))
    worked = (day for day in days if not (absence and absence.covers(day)))
    return any(closes > now for day in worked for _, closes in spans(hours, day))


def end_of(day: date) -> datetime:
    """The last minute of a day in Brittany."""
    return datetime.combine(day, time(23, 59), PARIS)
