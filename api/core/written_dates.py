"""Dates with a year, as people write them: 14/05/1990, 1990-05-14, 14.05.90, 14 mai 90, 1er mai 1985, 14051990."""

import calendar
import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import NamedTuple

from babel.dates import get_month_names

from api.core.folding import fold

MONTHS = tuple(fold(name) for name in get_month_names("wide", locale="fr").values())
"""January to December, folded."""

_DAY = r"(?P<day>0?[1-9]|[12][0-9]|3[01])"
_MONTH = r"(?P<month>0?[1-9]|1[0-2])"
_LONG_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
# "le 14 mai 10 h", "le 14/05 16 €": an hour or a sum is no year.
_YEAR = r"(?P<year>(?:19|20)[0-9]{2}|[0-9]{2}(?!\s?(?:h|:|€|e?uro)))"
_BETWEEN = r"\s?(?P<between>[/.\-‐-―_]|\s)\s?"
_BEFORE, _AFTER = r"(?<![0-9])", r"(?![0-9])"

_SHAPES = tuple(
    re.compile(_BEFORE + shape + _AFTER, re.IGNORECASE)
    for shape in (
        rf"{_LONG_YEAR}{_BETWEEN}{_MONTH}\s?(?P=between)\s?{_DAY}",
        rf"{_DAY}{_BETWEEN}{_MONTH}\s?(?P=between)\s?{_YEAR}",
        rf"(?:{_DAY}|premier)\s?(?:er)?[\s./-]{{0,2}}(?P<month>[^\W\d_]{{3,10}})[\s./-]{{0,2}}{_YEAR}",
        r"(?P<day>0[1-9]|[12][0-9]|3[01])(?P<month>0[1-9]|1[0-2])(?P<year>(?:19|20)[0-9]{2})",
        r"(?P<year>(?:19|20)[0-9]{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12][0-9]|3[01])",
    )
)


class WrittenDate(NamedTuple):
    """A date found in a text; the day exists in the month (29 February in leap years alone, when the year is full)."""

    start: int
    end: int
    day: int
    month: int
    year: int
    """As written: 1990, or 90."""

    @property
    def full_year(self) -> bool:
        return self.year > 99


def written_dates(text: str) -> Iterator[WrittenDate]:
    """The dates of the text, none overlapping another, in the order of their shapes."""
    for shape in _SHAPES:
        for found in shape.finditer(text):
            if date := _read(found):
                yield date
        text = shape.sub(lambda found: "x" * len(found[0]) if _read(found) else found[0], text)


def month_of(word: str) -> int | None:
    """1 to 12 for a month's name in French, shortened or misspelt ("fév", "desembre"); else None."""
    folded = fold(word)
    if len(folded) < 3:
        return None
    begun = [month for month in MONTHS if month.startswith(folded)]
    close = begun or get_close_matches(folded, MONTHS, n=1, cutoff=0.8)
    return MONTHS.index(close[0]) + 1 if len(close) == 1 else None


def _read(found: re.Match[str]) -> WrittenDate | None:
    written = found["month"]
    month = int(written) if written.isdecimal() else month_of(written)
    day, year = int(found["day"] or 1), int(found["year"])
    # A year of two digits is not known yet: 2000 lets 29 February pass.
    if month is None or day > calendar.monthrange(year if year > 99 else 2000, month)[1]:
        return None
    return WrittenDate(found.start(), found.end(), day, month, year)
