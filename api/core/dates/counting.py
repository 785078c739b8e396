"""Days counted from today: the next 15th, the next Friday, a week later. Nothing here is before today."""

from calendar import monthrange
from datetime import date, timedelta

Days = tuple[date, date]
"""First day and last, both included."""
# Thirds of a month; "fin" and "courant" as people mean them.
PARTS = {"debut": (1, 10), "mi": (11, 20), "milieu": (11, 20), "fin": (21, 31), "courant": (1, 31), "": (1, 31)}


def later(today: date, many: int, unit: str) -> date:
    """So many days, weeks, months or years later; the last of its month when the month is shorter."""
    if unit.startswith(("mois", "an")):
        month = today.month - 1 + many * (1 if unit == "mois" else 12)
        year = today.year + month // 12
        return date(year, month % 12 + 1, min(today.day, monthrange(year, month % 12 + 1)[1]))
    return today + timedelta(days=many * (7 if unit.startswith("semaine") else 1))


def next_weekday(today: date, weekday: int) -> date:
    """The next such weekday (Monday is 0): said on a Thursday, "jeudi" is in a week."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def next_of_month(today: date, day: int) -> date | None:
    """The next day of that number: said on the 25th, "le 3" is of next month. None from 32 on."""
    ahead = (today + timedelta(days=days) for days in range(62))
    return next((one for one in ahead if one.day == day), None)


def last_of_month(today: date, day: int) -> date | None:
    """The last day of that number, today included."""
    behind = (today - timedelta(days=days) for days in range(62))
    return next((one for one in behind if one.day == day), None)


def in_month(today: date, month: int, day: int) -> date | None:
    """This day of the year, the next time that it comes; None when the month has no such day."""
    days = (exact(today.year + years, month, day) for years in range(2))
    return next((one for one in days if one and one >= today), None)


def exact(year: int, month: int, day: int) -> date | None:
    """That date; None when there is none."""
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] else None


def month_third(year: int, month: int, part: str) -> Days:
    """A third of a month, or all of it."""
    first, last = PARTS[part]
    return date(year, month, first), date(year, month, min(last, monthrange(year, month)[1]))


def week_of(today: date, weeks: int) -> Days:
    """Monday to Sunday of the week so many weeks from this one."""
    monday = today + timedelta(days=7 * weeks - today.weekday())
    return monday, monday + timedelta(days=6)
