"""When a telephone may ring for something that we start: from Monday to Saturday, by day, never on a public holiday.

Our own rule, stricter than operators', who hold back from 22 h to 8 h and on Sundays. An answer goes at any time.
"""

from datetime import date, datetime, time, timedelta

from api.core.clock import PARIS, paris
from api.core.public_holidays import is_holiday

OPENS, CLOSES = time(8), time(20)
SUNDAY = 6


def next_allowed(moment: datetime) -> datetime:
    """This instant (aware) if something may go now, or else when it may: at eight, the next day that is not off."""
    local = paris(moment)
    day = local.date()
    if not _is_off(local) and OPENS <= local.time() < CLOSES:
        return moment
    if local.time() >= CLOSES:
        day += timedelta(days=1)
    opens = datetime.combine(day, OPENS, PARIS)
    while _is_off(opens) or opens < moment:
        opens = datetime.combine(opens.date() + timedelta(days=1), OPENS, PARIS)
    return opens


def last_allowed(moment: datetime) -> datetime:
    """This instant (aware) if something may go now, or else the last second at which it might have gone."""
    if next_allowed(moment) == moment:
        return moment
    day = paris(moment).date()
    while (closes := _closing(day)) > moment or _is_off(closes):
        day -= timedelta(days=1)
    return closes


def _closing(day: date) -> datetime:
    return datetime.combine(day, CLOSES, PARIS) - timedelta(seconds=1)


def _is_off(local: datetime) -> bool:
    return local.weekday() == SUNDAY or is_holiday(local.date())
