"""What a text says of time: days, hours, and whether they are a limit. Several days when it does not say which."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from api.core.clock import paris
from api.core.dates.counted import Counted, counted_in
from api.core.dates.counting import Days, exact, later
from api.core.dates.days import Named, days_in
from api.core.dates.hours import Hours, hour_of, hours_in
from api.core.dates.spoken import blanked, spoken

FORGOTTEN = timedelta(days=366)
"""What is over for longer is a birth or an old letter, no time that anybody speaks of now."""
_LITTLE = r"(?: (?:le|la|l|les|au|a|ce|cette|de|du|d|est|etait|c est|fin|debut|fixee?|jour))*"
_BY = re.compile(
    r"(?:(?<!pas )\bavant|\b(?:reponds?|envoie) pas avant|\bd ici|\bpour|\bjusqu|\b(?:au )?plus tard(?: que)?"
    r"|\bdate limite|\blimite|\bdelai|\becheance|\b(?:terminait|finissait|expirait|expire)"
    rf"|(?<!di )(?<!dimanche )(?<!semaine )\bdernier|\bpas apres){_LITTLE} $"
)
_BY_AFTER = re.compile(
    r"^ (?:au plus tard|maximum|maxi?|dernier (?:delai|jour|carat)|grand max|inclus"
    r"|(?:est|c est) (?:la date limite|le dernier jour)|le dernier jour)\b"
)
_SINCE = re.compile(
    rf"(?:(?<!pas )\bapres|\ba partir|\bdes|(?<!repond )(?<!reponds )(?<!envoie )\bpas avant|\ba compter){_LITTLE} $"
)
_NOT = re.compile(r"\bpas (?:(?:venir|dispo|disponible|possible|libre|la|etre la) )?(?:le |ce |pour )?$")
_RANGE = re.compile(r"^ (?:au|a|et|et le|jusqu au) $")
_RANGE_LEAD = re.compile(r"\b(?:du|de|entre(?: le)?) $")


_BEFORE = re.compile(r"(?<!pas )\bavant(?: (?:le|la|l))* $|(?<!pas )\bavant$")
_PART = re.compile(r"(?:debut|mi|milieu|fin)\b")


class Limit(StrEnum):
    """Days that bound a time, instead of being it."""

    by = "by"
    """At the latest then."""
    since = "since"
    """Then at the earliest."""


@dataclass(frozen=True)
class Reading:
    """What was read; all of it empty when the text says nothing of time."""

    spans: tuple[Days, ...] = ()
    """First day and last, both included; more than one span: the text says several, or its words mean either."""
    hours: Hours | None = None
    """Paris time."""
    limit: Limit | None = None

    @property
    def is_clear(self) -> bool:
        """Whether one span of days is named."""
        return len(self.spans) == 1

    @property
    def iso(self) -> str | None:
        """The day, as 2026-11-26: the last one of a limit, else the first; "T17:00" for an hour without a day."""
        if self.spans:
            first, last = self.spans[0]
            return (last if self.limit is Limit.by else first).isoformat()
        return f"T{self.hours[0]:%H:%M}" if self.hours else None


def read(text: str, now: datetime) -> Reading:
    """What a text says of time at `now` (aware). A day without a year is the next to come, never one that is past."""
    return read_spoken(spoken(text), now)


def read_spoken(said: str, now: datetime) -> Reading:
    """The same of a text that `spoken` gave."""
    today = paris(now).date()
    counted = list(counted_in(said, now))
    for time in counted:
        said = blanked(said, time.start, time.end)
    named = _ranges(said, [one for one in days_in(said, today) if not _NOT.search(said[: one.start])])
    found = _kept([*map(_counted, counted), *(limited(said, one, span) for one in named for span in one.spans)], today)
    for one in named:
        said = blanked(said, one.start, one.end)
    spans, limits = tuple(dict.fromkeys(span for span, _ in found)), {limit for _, limit in found}
    instant = next((time.at for time in counted if time.at), None)
    hours = hour_of(instant) if instant else hours_in(said, dated=bool(spans))
    return Reading(spans, hours, limits.pop() if len(limits) == 1 else None)


def _counted(one: Counted) -> tuple[Days, Limit | None]:
    return (one.day, one.day), Limit.by if one.within else None


def limited(said: str, named: Named, span: Days) -> tuple[Days, Limit | None]:
    """The days of a span of a spoken text, and how they limit: "avant janvier" is by the last day of December."""
    before, after = said[: named.start], said[named.end :]
    if _SINCE.search(before):
        return span, Limit.since
    if _BEFORE.search(before) and span[0] < span[1] and not _PART.match(said, named.start):
        return (span[0] - timedelta(days=1),) * 2, Limit.by
    return span, Limit.by if _BY.search(before) or _BY_AFTER.search(after) else None


def _kept(found: list[tuple[Days, Limit | None]], today: date) -> list[tuple[Days, Limit | None]]:
    """Limits before other days, days to come before days past."""
    found = [one for one in found if one[0][1] > today - FORGOTTEN]
    for wanted in ([one for one in found if one[0][1] >= today], [one for one in found if one[1]]):
        found = [one for one in found if one in wanted] or found
    return found


def _ranges(said: str, named: list[Named]) -> list[Named]:
    """ "du 3 au 5" as one span. A number alone takes the month of what follows: "du 3 au 5 janvier"."""
    joined: list[Named] = []
    for one in named:
        last = joined[-1] if joined else None
        between = said[last.end : one.start] if last else ""
        if last and last.is_weekday and between in (" ", " le "):
            # "mardi 15 décembre 2026": the date says all.
            joined[-1] = one
        elif last and one.bare and between in (" ", " le ") and _same_day(last, one):
            # "mercredi dernier, le 25": the number says the same day again.
            continue
        elif last and _RANGE.match(between) and _RANGE_LEAD.search(said[: last.start]):
            joined[-1] = _joined(last, one)
        else:
            joined.append(one)
    return joined


def _same_day(named: Named, number: Named) -> bool:
    [(first, last), *others] = named.spans
    return not others and first == last and first.day == number.spans[0][0].day


def _joined(first: Named, last: Named) -> Named:
    begins, ends = first.spans[0][0], last.spans[0][1]
    if first.bare and not last.bare:
        begins = exact(ends.year, ends.month, begins.day) or begins
    if ends < begins:
        # "du 24 au 26" on the 25th, "de lundi à mercredi" on a Tuesday.
        ends = later(ends, 1, "mois") if last.bare else ends + timedelta(days=7)
    return Named(first.start, last.end, ((min(begins, ends), ends),))
