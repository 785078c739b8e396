"""When somebody wants to begin, as they say it: "pas avant mars", "a partir du 15/01", "dans deux mois"."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from babel.dates import get_month_names

from api.core.documents import read_yaml
from api.core.folding import fold
from api.core.written_dates import month_of

FILE = Path(__file__).parents[2] / "data" / "reference" / "refining_words.yml"
MONTHS = tuple(fold(name) for name in get_month_names("wide", locale="fr").values())

_NAMED = re.compile(
    r"(?:\b(?P<day>0?[1-9]|[12][0-9]|3[01])(?:er)? )?(?:\b(?P<part>debut|mi|fin)(?: du)?(?: mois)?(?: de| d)? )?"
    r"\b(?P<month>[a-z]{3,10})\b(?: (?P<year>20[0-9]{2})\b)?"
)
_NUMBERED = re.compile(
    r"\b(?P<day>0?[1-9]|[12][0-9]|3[01])/(?P<month>0?[1-9]|1[0-2])(?:/(?P<year>20[0-9]{2}|[0-9]{2}))?\b"
)
_YEAR = re.compile(r"\ben (?P<year>20[0-9]{2})\b")
_AFTER_SOME = re.compile(
    r"\bdans (?P<many>[1-9][0-9]?|un|une|deux|trois|quatre|cinq|six|quelques) (?P<unit>jours?|semaines?|mois)\b"
)
_NEXT = re.compile(r"\b(?P<unit>semaine|mois|annee|an) prochaine?\b")
_COUNTED = {"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "quelques": 2}
# Thirds of a month, first day and last.
_PARTS = {None: (1, 31), "debut": (1, 10), "mi": (11, 20), "fin": (21, 31)}

_LEADS_TO_A_MONTH = re.compile(r"\b(?:en|a partir de|a partir d|avant|apres|des|mois de|courant|pour|depuis) $")
_LITTLE = r"le|la|l|les|en|au|a|du|de|d|mois|fin|debut|mi|cet|cette"
_UNTIL = re.compile(rf"(?:(?<!pas )\bavant|\bd ici|\bjusqu|\bau plus tard)(?: (?:{_LITTLE}))* $")
_FOLLOWING = re.compile(rf"\bapres(?: (?:{_LITTLE}))* $")
_LEAD = re.compile(rf"(?:\b(?:pas|avant|partir|apres|ici|jusqu|plus tard|des|depuis|courant|pour|{_LITTLE}) )+$")


@dataclass(frozen=True)
class Beginning:
    """A time that a text names, and where in the text, with the little words before it."""

    start: int
    end: int
    on: date | None
    """The first day that suits; None when it was only said by when."""


@dataclass(frozen=True)
class _Time:
    start: int
    end: int
    first: date
    last: date


def beginnings(text: str, today: date) -> list[Beginning]:
    """The times that a normalised text names, in their order. What is over is said of next year, unless dated."""
    times = [*_months(text, today), *_numbers(text, today), *_seasons(text, today), *_from_now(text, today)]
    return [_read(text, time, today) for time in sorted(times, key=lambda time: time.start)]


def months_named(text: str) -> frozenset[int]:
    """The months that a normalised text names, 1 to 12."""
    return frozenset(month for found in _NAMED.finditer(text) if (month := _month(text, found)))


def _read(text: str, time: _Time, today: date) -> Beginning:
    before = text[: time.start]
    lead = _LEAD.search(before)
    start = lead.start() if lead else time.start
    if _UNTIL.search(before) or time.last < today:
        return Beginning(start, time.end, None)
    on = time.last + timedelta(days=1) if _FOLLOWING.search(before) else max(time.first, today)
    return Beginning(start, time.end, on)


def _months(text: str, today: date) -> Iterator[_Time]:
    for found in _NAMED.finditer(text):
        if month := _month(text, found):
            first, last = _PARTS[found["part"]]
            day = int(found["day"] or 0)
            yield _coming(found, ((month, day or first), (month, day or last)), today)


def _month(text: str, found: re.Match[str]) -> int | None:
    """The month of a match; a word that may be another ("mai", "fev", "desembre") needs what leads to a month."""
    word, month = found["month"], month_of(found["month"])
    if month is None or (word in MONTHS and word != "mai"):
        return month
    led = found["day"] or found["part"] or _LEADS_TO_A_MONTH.search(text[: found.start("month")])
    # "en main" sounds like a May: short names are taken in full, or cut, never misspelt.
    spelt = MONTHS[month - 1].startswith(word) or len(MONTHS[month - 1]) > len("avril")
    return month if led and spelt else None


def _numbers(text: str, today: date) -> Iterator[_Time]:
    for found in _NUMBERED.finditer(text):
        day = (int(found["month"]), int(found["day"]))
        yield _coming(found, (day, day), today)


def _seasons(text: str, today: date) -> Iterator[_Time]:
    for words, first, last in _known_seasons():
        for found in re.finditer(rf"\b{words}\b", text):
            yield _coming(found, (first, last), today)


def _from_now(text: str, today: date) -> Iterator[_Time]:
    for found in _YEAR.finditer(text):
        yield _coming(found, ((1, 1), (12, 31)), today)
    for found in _AFTER_SOME.finditer(text):
        many = int(found["many"]) if found["many"].isdecimal() else _COUNTED[found["many"]]
        day = _later(today, many, found["unit"])
        yield _Time(found.start(), found.end(), day, day)
    for found in _NEXT.finditer(text):
        yield _Time(found.start(), found.end(), *_next(found["unit"], today))


def _coming(found: re.Match[str], days: tuple[tuple[int, int], tuple[int, int]], today: date) -> _Time:
    """The time between two days (month, day): of the year written, or else the next that is not over."""
    written = found.groupdict().get("year")
    year = int(written) % 100 + 2000 if written else today.year - 1
    first, last = _between(year, *days)
    while not written and last < today:
        year += 1
        first, last = _between(year, *days)
    return _Time(found.start(), found.end(), first, last)


def _between(year: int, first: tuple[int, int], last: tuple[int, int]) -> tuple[date, date]:
    return _day(year, *first), _day(year + (last < first), *last)


def _day(year: int, month: int, day: int) -> date:
    """This day, or the last of its month when the month is shorter."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def _later(today: date, many: int, unit: str) -> date:
    if unit == "mois":
        month = today.month - 1 + many
        return _day(today.year + month // 12, month % 12 + 1, today.day)
    return today + timedelta(days=many * (7 if unit.startswith("semaine") else 1))


def _next(unit: str, today: date) -> tuple[date, date]:
    if unit == "semaine":
        monday = today + timedelta(days=7 - today.weekday())
        return monday, monday + timedelta(days=6)
    if unit == "mois":
        first = _later(_day(today.year, today.month, 1), 1, unit)
        return first, _day(first.year, first.month, 31)
    return _between(today.year + 1, (1, 1), (12, 31))


@cache
def _known_seasons() -> list[tuple[str, tuple[int, int], tuple[int, int]]]:
    seasons: list[dict[str, Any]] = read_yaml(FILE)["seasons"]
    return [("|".join(season["words"]), tuple(season["first"]), tuple(season["last"])) for season in seasons]
