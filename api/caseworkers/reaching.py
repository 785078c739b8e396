"""When a professional can be reached: their hours, their absence, and who stands in."""

from dataclasses import dataclass
from datetime import date, datetime, time

from api.authorities.hours import Hours
from api.authorities.opening import is_open, next_opening
from api.core.clock import PARIS, paris


@dataclass(frozen=True)
class Absence:
    """Days away, both included; `until` is None when nobody knows when they come back."""

    since: date
    until: date | None

    def covers(self, day: date) -> bool:
        """Whether they are away on that day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Reach:
    """Whether somebody answers at this moment, and else when next."""

    now: bool
    next: datetime | None
    """None: now, or nobody can tell."""


def reach(hours: Hours, absence: Absence | None, moment: datetime) -> Reach:
    """When somebody of these hours answers, seen from `moment` (aware)."""
    if absence and absence.covers(paris(moment).date()):
        return Reach(False, _back(hours, absence))
    if is_open(hours, moment):
        return Reach(True, None)
    opens = next_opening(hours, moment)
    if opens and absence and absence.covers(paris(opens).date()):
        # Closed this evening, and away from tomorrow.
        opens = _back(hours, absence)
    return Reach(False, opens)


def _back(hours: Hours, absence: Absence) -> datetime | None:
    """The first opening after an absence."""
    if absence.until is None:
        return None
    return next_opening(hours, datetime.combine(absence.until, time.max, PARIS))
