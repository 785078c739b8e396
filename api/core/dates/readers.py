"""What a match says in days: one span, or several when the words may mean either."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from api.core.dates.counting import (
    Days,
    exact,
    in_month,
    last_of_month,
    later,
    month_third,
    next_of_month,
    next_weekday,
    week_of,
)
from api.core.dates.spoken import WEEKDAYS
from api.core.written_dates import MONTHS, month_of

Reader = Callable[[re.Match[str], date], tuple[Days, ...] | None]
"""A match and today give spans; nothing when there is no such day, None when it is no day after all."""

# "la lettre du 3", "reçue lundi": days behind us.
_PAST = re.compile(
    r"\b(?:recue?s?|datee?|datees|datant|arrivee?s?|eue?s?|lettre|courrier|papier|mail|message|depuis|envoyee?s?)"
    r"(?: (?:le|la|de|du|d|ce))* $"
)


def _one(day: date | None) -> tuple[Days, ...]:
    return ((day, day),) if day else ()


def in_figures(match: re.Match[str], today: date) -> tuple[Days, ...]:
    return _of_month(match, today, int(match["month"]))


def in_words(match: re.Match[str], today: date) -> tuple[Days, ...] | None:
    """None where the word is no month; nothing where that month has no such day ("le 31 novembre")."""
    month = spelt_month(match["month"])
    if month is None:
        return None
    days = _of_month(match, today, month)
    return _either(days[0][0], match["weekday"]) if days else ()


def _either(day: date, weekday: str | None) -> tuple[Days, ...]:
    """The day; and where its name is another day's ("jeudi 11 décembre", a Friday), the nearest that has the name."""
    if weekday is None or WEEKDAYS[day.weekday()] == weekday:
        return _one(day)
    away = (WEEKDAYS.index(weekday) - day.weekday() + 3) % 7 - 3
    return _one(day) + _one(day + timedelta(days=away))


def _of_month(match: re.Match[str], today: date, month: int) -> tuple[Days, ...]:
    day = int(match["day"] or 1)
    if _PAST.search(match.string[: match.start()]):
        past = (exact(today.year - years, month, day) for years in range(2))
        return _one(next((one for one in past if one and one <= today), None))
    return _one(in_month(today, month, day))


def spelt_month(word: str) -> int | None:
    """The month of a word: cut, or misspelt when it is long ("main" is no May, "mais" neither)."""
    month = month_of(word)
    known = month and (MONTHS[month - 1].startswith(word) or len(MONTHS[month - 1]) > len("avril"))
    return month if known else None


def weekday_number(match: re.Match[str], today: date) -> tuple[Days, ...]:
    weekday, number = WEEKDAYS.index(match["weekday"]), int(match["day"] or 1)
    ahead = (today + timedelta(days=days) for days in range(62))
    return _one(next((day for day in ahead if day.weekday() == weekday and day.day == number), None))


def month_part(match: re.Match[str], today: date) -> tuple[Days, ...]:
    month = spelt_month(match["month"])
    if month is None:
        return ()
    year = int(match["year"] or today.year)
    first, last = month_third(year, month, match["part"] or "")
    if last < today and not match["year"]:
        first, last = month_third(year + 1, month, match["part"] or "")
    # What is left of the month; of one that is over ("janvier 2026" in November), all of it.
    return ((max(first, today) if today <= last else first, last),)


def bare_number(match: re.Match[str], today: date) -> tuple[Days, ...]:
    past = _PAST.search(match.string[: match.start("at")])
    return _one((last_of_month if past else next_of_month)(today, int(match["day"] or 1)))


def weekday(match: re.Match[str], today: date) -> tuple[Days, ...]:
    weekday = WEEKDAYS.index(match["weekday"])
    coming, said = next_weekday(today, weekday), match["said"] or ""
    if "cette semaine" in match[0]:
        return _one(week_of(today, 0)[0] + timedelta(days=weekday))
    if "semaine" in match[0]:
        return _one(week_of(today, 1)[0] + timedelta(days=weekday))
    if said in ("dernier", "passe"):
        # "Mercredi dernier" is never today.
        return _one(coming - timedelta(days=14 if coming - timedelta(days=7) == today else 7))
    if _PAST.search(match.string[: match.start()]):
        return _one(coming - timedelta(days=7))
    if said.startswith("en "):
        return _one(coming + timedelta(days=7 if said.endswith("8") else 14))
    this_week = coming <= week_of(today, 0)[1]
    # On a Wednesday, "vendredi prochain" is in two days for some, in nine for others.
    return _one(coming) + (_one(coming + timedelta(days=7)) if said and this_week else ())


def week(match: re.Match[str], today: date) -> tuple[Days, ...]:
    monday, sunday = week_of(today, 1 if match["next"] else 0)
    parts = {"debut": (0, 1), "milieu": (2, 2), "fin": (3, 4), None: (0, 6)}
    first, last = (monday + timedelta(days=days) for days in parts[match["part"]])
    if last < today:
        first, last = first + timedelta(days=7), last + timedelta(days=7)
    return ((max(first, today), last),)


def weekend(match: re.Match[str], today: date) -> tuple[Days, ...]:
    sunday = week_of(today, 0)[1]
    coming = (sunday - timedelta(days=1), sunday)
    after = (sunday + timedelta(days=6), sunday + timedelta(days=7))
    return (coming, after) if match["next"] else (coming,)


def month_from_now(match: re.Match[str], today: date) -> tuple[Days, ...]:
    month = later(today.replace(day=1), 1, "mois") if match["next"] else today
    if match["part"] == "fin":
        return _one(month_third(month.year, month.month, "")[1])
    first, last = month_third(month.year, month.month, match["part"] or "")
    return ((max(first, today), last),) if last >= today else ()


def year_from_now(match: re.Match[str], today: date) -> tuple[Days, ...]:
    year = today.year + (1 if match["next"] else 0)
    return _one(date(year, 12, 31)) if match["part"] else ((date(year, 1, 1), date(year, 12, 31)),)


def feast(match: re.Match[str], today: date) -> tuple[Days, ...]:
    return _one(in_month(today, *((12, 25) if match[0].startswith("noel") else (1, 1))))


def near(match: re.Match[str], today: date) -> tuple[Days, ...]:
    away = {"apres demain": 2, "demain": 1, "avant hier": -2, "hier": -1}
    return _one(today + timedelta(days=away.get(match[0], 0)))
