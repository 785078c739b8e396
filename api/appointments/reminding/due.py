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
    moment = _morning_before(visit_on, BEFORE[kind])
    nearer = _morning_before(visit_on, BEFORE[ReminderKind.one_day])
    return None if kind is not ReminderKind.one_day and moment == nearer else moment


def good_until(kind: ReminderKind, starts_at: datetime) -> datetime:
    """Until when it may still go, if nothing could at its hour: an earlier one gives way to the last, in UTC."""
    if kind is ReminderKind.one_day:
        return starts_at.astimezone(UTC)
    return _morning_before(paris(starts_at).date(), BEFORE[ReminderKind.one_day])


def is_due(kind: ReminderKind, starts_at: datetime, now: datetime) -> bool:
    """Whether the reminder of an appointment at this instant is to go at `now` (both aware)."""
    moment = goes_at(kind, paris(starts_at).date())
    return moment is not None and moment <= now < good_until(kind, starts_at) and next_allowed(now) == now


def last_day_due(kind: ReminderKind, now: datetime) -> date:
    """The last day (Paris) whose appointments are reminded of by `now`: the days before it were, or are late."""
    day = paris(now).date() + timedelta(days=BEFORE[kind] + QUIET_DAYS)
    while _morning_before(day, BEFORE[kind]) > now:
        day -= timedelta(days=1)
    return day


def next_morning(after: datetime) -> datetime:
    """The first permitted ten o'clock at or after an instant (aware), in UTC: of what was missed or has run out."""
    day = paris(after).date()
    while (moment := _at_ten(day)) < after or not _permitted(moment):
        day += timedelta(days=1)
    return moment.astimezone(UTC)


def _morning_before(visit_on: date, days: int) -> datetime:
    day = visit_on - timedelta(days=days)
    while not _permitted(moment := _at_ten(day)):
        day -= timedelta(days=1)
    return moment.astimezone(UTC)


def _at_ten(day: date) -> datetime:
    return datetime.combine(day, AT, PARIS)


def _permitted(moment: datetime) -> bool:
    return next_allowed(moment) == moment
