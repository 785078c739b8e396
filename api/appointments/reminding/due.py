"""When a reminder goes: at ten in the morning, on a day on which a telephone may ring. Decided from dates alone."""

from datetime import UTC, date, datetime, time, timedelta

from api.appointments.tables import ReminderKind
from api.core.clock import PARIS, paris
from api.core.quiet_hours import next_allowed

AT = time(10)
"""Paris. Late enough for whoever sleeps in, and the day is left to call (rdv-insertion reminds at ten as well)."""
BEFORE = {ReminderKind.three_days: 3, ReminderKind.one_day: 1}
"""Days before the appointment."""
QUIET_DAYS = 4
"""More than ever follow one another without a working day: Saturday 1 May, Sunday, and a holiday beside them."""


def goes_at(kind: ReminderKind, visit_on: date) -> datetime | None:
    """When somebody is reminded of an appointment of that day (Paris), in UTC.

    None: before a long week-end both reminders would go on one morning, and the nearer one is enough.
    """
    moment = morning_before(visit_on, BEFORE[kind])
    nearer = morning_before(visit_on, BEFORE[ReminderKind.one_day])
    return None if kind is not ReminderKind.one_day and moment == nearer else moment


def days_due(kind: ReminderKind, now: datetime) -> tuple[date, date]:
    """The first and the last day (Paris) whose appointments are to be reminded of at `now`; none if they cross.

    What could not go at its hour goes later, until its appointment; an earlier one gives way to the last.
    """
    if kind is ReminderKind.one_day:
        return paris(now).date(), _last_day_due(kind, now)
    return _last_day_due(ReminderKind.one_day, now) + timedelta(days=1), _last_day_due(kind, now)


def morning_before(visit_on: date, days: int) -> datetime:
    """Ten o'clock so many days before a day (Paris), in UTC; earlier where no telephone may ring then."""
    day = visit_on - timedelta(days=days)
    while not _permitted(moment := _at_ten(day)):
        day -= timedelta(days=1)
    return moment.astimezone(UTC)


def last_morning(now: datetime) -> datetime:
    """The last permitted ten o'clock by `now` (aware), in UTC: what happened before it is followed up."""
    day = paris(now).date()
    while (moment := _at_ten(day)) > now or not _permitted(moment):
        day -= timedelta(days=1)
    return moment.astimezone(UTC)


def _last_day_due(kind: ReminderKind, now: datetime) -> date:
    day = paris(now).date() + timedelta(days=BEFORE[kind] + QUIET_DAYS)
    while morning_before(day, BEFORE[kind]) > now:
        day -= timedelta(days=1)
    return day


def _at_ten(day: date) -> datetime:
    return datetime.combine(day, AT, PARIS)


def _permitted(moment: datetime) -> bool:
    return next_allowed(moment) == moment
