"""A day by which somebody must answer, as people and letters write it: avant le 15, sous huitaine, jusqu'à vendredi."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from api.core.beginnings import beginnings, behind
from api.core.clock import PARIS
from api.core.dates import Limit
from api.core.dates.counted import counted_in
from api.core.dates.counting import Days, later
from api.core.dates.days import Named, days_in
from api.core.dates.periods import Period, period_in
from api.core.dates.reading import limited, read_spoken
from api.core.dates.spoken import blanked, spoken

AHEAD = timedelta(days=183)
"""Letters give weeks or months: "le 20 novembre" of a letter that came last week is no day of next year."""
# "vendredi j'ai reçu une lettre": then a day alone is when it came.
_CAME = re.compile(r"\b(?:recue?s?|arrivee?s?|(?:ai|a) eue?|ouverte?|trouvee?)\b")
# "Je connais pas la date limite, la lettre est du 3": the day that it bears; "elle dit jusqu'au 3" has a limit.
_BEARS = re.compile(
    r"\b(?:(?:lettre|courrier|papier)(?: est)? du|(?:est|lettre|courrier|papier) datee? du|courrier date du)\b"
)
# "La date limite de la lettre était hier", "je devais répondre lundi dernier": a day behind us is the limit then.
_WAS_DUE = re.compile(
    r"\b(?:limite|echeance|delai)\b.* (?:etait|terminait|finissait|expirait|a fini|a expire|est fini)\b"
    r"|\b(?:fallait|devais|devait|aurais du|aurait du)\b"
)


class Doubt(StrEnum):
    """Why a day read is to be asked again."""

    when_received = "when_received"
    """A time was given, not the day from which it counts: counted from today, the day may come too late."""
    several = "several"
    """The text names several days, or its words mean either; the soonest was read."""
    passed = "passed"
    """The day is over."""


@dataclass(frozen=True)
class Term:
    """A time that begins with the day on which the letter came; `unit` is "jours", "semaines" or "mois"."""

    many: int
    unit: str

    def ends(self, came: date, today: date) -> "Deadline":
        """The last day of it."""
        day = later(came, self.many, self.unit)
        return Deadline(day, Doubt.passed if day < today else None)


_NOW = re.compile(r"\b(?:maintenant|tout de suite)\b")
"""No letter ends so: "je dois faire quoi maintenant" was read as a deadline of today."""


@dataclass(frozen=True)
class Deadline:
    """A day read in a text; it is read back before anything is kept."""

    day: date
    doubt: Doubt | None = None
    days: tuple[date, ...] = ()
    """All that the text may mean, soonest first, where it says several."""
    term: Term | None = None
    """What was given instead of a day, where the day from which it counts is missing."""


def read_deadline(text: str, today: date) -> Deadline | None:
    """The day by which a letter wants an answer, in the words of the letter or of its reader; None without any."""
    said = _NOW.sub(" ", spoken(text))
    period = period_in(said)
    if period is None:
        return _of_days(said, today)
    rest = blanked(said, period.start, period.end)
    named = days_in(rest, today)
    dated = [days for one in named for days, limit in [limited(rest, one, one.spans[0])] if limit is Limit.by]
    return _chosen(dated, today) if dated else _of_period(rest, period, named, today)


def day_it_came(text: str, today: date) -> date | None:
    """When a letter was received, as its reader answers that question; None when no one day says so."""
    said = spoken(f"reçue {text}")
    now = datetime.combine(today, time(0), PARIS)
    counted = [one.day for one in counted_in(said, now)]
    days = {*counted, *(_last(one, today) for one in days_in(said, today))}
    came = {day for day in days if day and today - AHEAD <= day <= today}
    return came.pop() if len(days) == len(came) == 1 else None


def _last(named: Named, today: date) -> date | None:
    """The one day meant, past: "lundi" is the last one, "le 20" too."""
    [(first, last), *others] = named.spans
    return None if others or first != last else behind(named, today)


def _of_period(said: str, period: Period, named: list[Named], today: date) -> Deadline:
    term = Term(period.many, period.unit)
    match sorted({term.ends(day, today).day for day in beginnings(said, named, today)}):
        case []:
            return Deadline(term.ends(today, today).day, Doubt.when_received, term=term)
        case [day]:
            return Deadline(day, Doubt.passed if day < today else None)
        case days:
            return Deadline(days[0], Doubt.several, tuple(days))


def _of_days(said: str, today: date) -> Deadline | None:
    found = read_spoken(said, datetime.combine(today, time(0), PARIS))
    if found.limit is Limit.since:
        # "Mon RSA sera réduit à partir de décembre" is no day to answer by.
        return None
    behind = all(last < today for _, last in found.spans)
    borne = _BEARS.search(said) and all(_nearest(last, today) < today for _, last in found.spans)
    if found.limit is None and not _WAS_DUE.search(said) and (_CAME.search(said) or borne or behind):
        return None
    return _chosen(list(found.spans), today)


def _chosen(spans: list[Days], today: date) -> Deadline | None:
    days = sorted({_nearest(last, today) for _, last in spans})
    ahead = [day for day in days if today <= day <= today + AHEAD]
    if ahead:
        return Deadline(ahead[0], Doubt.several, tuple(ahead)) if len(ahead) > 1 else Deadline(ahead[0])
    behind = [day for day in days if today - AHEAD <= day < today]
    return Deadline(behind[-1], Doubt.passed) if behind else None


def _nearest(day: date, today: date) -> date:
    """A day without a year is read as the next to come: "le 1er octobre" of a letter, in November, is just over."""
    before = later(day, -1, "an")
    return before if day > today + AHEAD and today - before <= AHEAD else day
