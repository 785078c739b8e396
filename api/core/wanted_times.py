"""Which other days and hours would suit somebody to whom some were offered: "plutôt un après-midi", "après le 10"."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path

from api.core.clock import PARIS, paris
from api.core.dates.days import days_in
from api.core.dates.hours import OPEN, Hours
from api.core.dates.reading import Limit, read_spoken
from api.core.dates.spoken import spoken
from api.core.day_answers import without_days
from api.core.documents import read_yaml

FILE = Path(__file__).parents[2] / "data" / "reference" / "replies.yml"

# "Je ne peux pas le matin" wants what is not said; "pas avant 10h" says it.
_REFUSES = re.compile(r"(?<!pourquoi )\bpas\b(?! (?:avant|apres)\b)|\b(?:sauf|jamais|ni)\b")
_WEEK_AFTER = re.compile(r"\bsemaine (?:d apres|suivante)\b")
_SEAM = re.compile(r"[.,;!…]+(?!\d)|\bmais\b")
_PREFERS = re.compile(r"\b(?:plutot|de preference|prefere\w*|(?:si|ce serait) (?:possible|mieux))\b")
_BOUND = re.compile(r"\b(?:avant|apres)\b(?! midi)")
# What goes on after a time that was asked for: "lundi matin mais je lui dis quoi", "mardi. et j'ai plus de couches".
_GOES_ON = re.compile(r"[.,;!?…\n]+(?!\d)|\s(?:mais|mai|maï|mé|et|é|car|parce|pck|puis)(?=\s)", re.IGNORECASE)
_AT_ONCE = 4
"""Words within which what stands first is refused."""
_CLOCK = re.compile(r"\d{1,2}(?:h\d{0,2})?")


@dataclass(frozen=True)
class Wanted:
    """Hours of some days, in Paris time."""

    first: date
    last: date | None
    """None: whenever after."""
    hours: Hours
    refused: frozenset[date] = frozenset()
    """Days among them on which somebody cannot; no button carries it."""

    @property
    def onwards(self) -> "Wanted":
        """The first of these days and what follows, at any hour: what is nearest when nothing of it is free."""
        return replace(self, last=None, hours=OPEN)

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """From the first hour to the last; None where the days have no end."""
        if self.last is None:
            return None
        return datetime.combine(self.first, self.hours[0], PARIS), datetime.combine(self.last, self.hours[1], PARIS)

    def __str__(self) -> str:
        """As a button carries it: "2026-12-10//08:00/12:00"."""
        return "/".join([self.first.isoformat(), self.last.isoformat() if self.last else "", *map(_clock, self.hours)])


def wanted_in(text: str, now: datetime) -> Wanted | None:
    """What a text wants at `now` (aware), if it says that and little else.

    "Annule celui de mardi" and "et mon rendez-vous de mardi ?" name a day, and want something else.
    """
    today = paris(now).date()
    refused, said = _parted(text)
    read = read_spoken(said, now)
    if not (read.spans or read.hours) or not all(_says_little(part, today) for part in (said, *refused)):
        return None
    ahead = sorted(span for span in read.spans if span[1] >= today)
    if read.spans and not ahead:
        return None
    first, last = ahead[0] if ahead else (today, None)
    if read.limit is Limit.by:
        first = today
    return Wanted(max(first, today), None if read.limit is Limit.since else last, read.hours or OPEN)


def begins_with_time(text: str, now: datetime) -> tuple[Wanted, str] | None:
    """What a text wants first, and what it says after that; None when it does not begin with a time alone."""
    for seam in _GOES_ON.finditer(text):
        wanted, rest = wanted_in(text[: seam.start()], now), text[seam.end() :].strip()
        # "Lundi, je peux pas" refuses what it names.
        if wanted and rest and not _REFUSES.search(" ".join(spoken(rest).split()[:_AT_ONCE])):
            return wanted, rest
    return None


def _parted(text: str) -> tuple[list[str], str]:
    """What a text refuses, and what it says beside ("lundi je peux pas, vendredi plutôt"); of one part, only that."""
    parts = [said for part in _SEAM.split(text) if (said := spoken(part)).strip()]
    wanted = " ".join(part for part in parts if not _REFUSES.search(part))
    return [part for part in parts if _REFUSES.search(part)], wanted


def _says_little(said: str, today: date) -> bool:
    """Whether there is hardly more than days and hours."""
    return all(_aside(word) for word in without_days(said, today).replace("?", " ").split())


def asks_week_after(text: str) -> bool:
    """Whether a normalised text asks for the week after: after that of an appointment, where one is spoken of."""
    return bool(_WEEK_AFTER.search(text))


def hours_preferred(text: str, now: datetime) -> Hours:
    """The hours that a text would rather have ("plutôt l'aprem"), whatever else it says; all where it says none."""
    parts = [spoken(part) for part in re.split(r"\?", text) for part in _SEAM.split(part)]
    said = [read_spoken(part, now).hours for part in parts if _PREFERS.search(part) and not _REFUSES.search(part)]
    return next((hours for hours in said if hours), OPEN)


def days_refused(text: str, now: datetime) -> frozenset[date]:
    """The days on which a text says that somebody cannot ("mercredi jpeux pas, un autre jour"), of a week at most."""
    parts = [said for part in _SEAM.split(text) if _REFUSES.search(said := spoken(part)) and not _BOUND.search(said)]
    return frozenset(day for said in parts for day in _refused(said, paris(now).date()))


def _refused(said: str, today: date) -> list[date]:
    """The day that stands nearest to the "pas": "mercredi je peux pas, je voudrais jeudi" is often without a comma."""
    no = _REFUSES.search(said)
    named = [one for one in days_in(said, today) if no and len(one.spans) == 1 and _is_short(*one.spans[0])]
    if not named or no is None:
        return []
    first, last = min(named, key=lambda one: min(abs(one.start - no.end()), abs(no.start() - one.end))).spans[0]
    return [first + timedelta(days=nth) for nth in range((last - first).days + 1)]


def _is_short(first: date, last: date) -> bool:
    return last - first < timedelta(days=7)


def week_after(instant: datetime, hours: Hours = OPEN) -> Wanted:
    """The week after that of this instant, from Monday to Sunday, in Paris time."""
    day = paris(instant).date()
    monday = day + timedelta(days=7 - day.weekday())
    return Wanted(monday, monday + timedelta(days=6), hours)


def exactly(instant: datetime) -> Wanted:
    """That very hour, in Paris time: what was given up, wanted again."""
    moment = paris(instant)
    hour = time(moment.hour, moment.minute)
    return Wanted(moment.date(), moment.date(), (hour, hour))


def as_carried(carried: str | None) -> Wanted | None:
    """What a button carries; None when it carries nothing that can be read."""
    try:
        first, last, begins, ends = (carried or "").split("/")
        hours = time.fromisoformat(begins), time.fromisoformat(ends)
        return Wanted(date.fromisoformat(first), date.fromisoformat(last) if last else None, hours)
    except ValueError:
        return None


def _clock(hour: time) -> str:
    return f"{hour:%H:%M}"


def _aside(word: str) -> bool:
    return word in _around() or not word.strip("_") or bool(_CLOCK.fullmatch(word))


@cache
def _around() -> frozenset[str]:
    replies = read_yaml(FILE)
    return frozenset([*replies["around_a_day"], *replies["around_a_time"]])
