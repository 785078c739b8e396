"""When somebody is reminded of a letter's last day: seven and two days before, at ten. Decided from dates alone."""

from datetime import date, datetime

from api.appointments.reminding.due import morning_before
from api.core.clock import paris
from api.letters.tables import LetterReminderKind

BEFORE = {LetterReminderKind.seven_days: 7, LetterReminderKind.two_days: 2}
"""Days before the day."""


def ahead(day: date, now: datetime) -> dict[LetterReminderKind, datetime]:
    """The reminders of a day that are still to come, with their instants (UTC); empty two days before it."""
    moments = {kind: morning_before(day, days) for kind, days in BEFORE.items()}
    return {kind: moment for kind, moment in moments.items() if moment > now}


def due(day: date, agreed_at: datetime, now: datetime) -> LetterReminderKind | None:
    """The reminder that is due at `now`, of those that were to come when they were asked for.

    What could not go at its hour goes later, until the day is over; the earlier one gives way to the later.
    """
    if paris(now).date() > day:
        return None
    still = ahead(day, now)
    over = [kind for kind in ahead(day, agreed_at) if kind not in still]
    return over[-1] if over else None
