"""Days counted from now: "dans 15 jours", "sous huitaine", "sous 48 h", "il y a trois semaines"."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from api.core.clock import paris
from api.core.dates.counting import later

HUITAINE, QUINZAINE = 8, 15
"""Days, as letters count them."""
_MANY = r"(?P<many>\d{1,3}|une?|quelques)"
_UNIT = r"(?P<unit>jours?|semaines?|mois|annees?|ans?|heures?|h|minutes?)"
_LEAD = (
    r"(?P<lead>dans|sous|d ici|d ici a|en moins de|moins de|delai(?: maximum)? (?:de|d)|delai (?:est|c est) (?:de|d)"
    r"|au bout de|avant|il y a|y a)"
)
_COUNTED = re.compile(
    rf"\b{_LEAD}(?: (?P<les>les|la|le|un delai de|un delai d|le delai de|maximum|max|environ|a peu pres|encore|a|ces))?"
    rf" (?:{_MANY}(?: prochaine?s?)? {_UNIT}\b|(?:une )?(?P<some>huitaine|quinzaine|demi heure)"
    r"|(?P<own>semaine|mois)\b)"
)
_GLUED = re.compile(r"\b(?P<lead>dans|sous|d ici) (?P<les>)(?P<many>\d{1,3})(?P<unit>h)\b(?P<some>)(?P<own>)")
_WITHIN = frozenset({"sous", "d ici", "d ici a", "en moins de", "moins de", "avant"})
_HOURS = {"h": 60, "heure": 60, "heures": 60, "minute": 1, "minutes": 1}


class Counted(NamedTuple):
    """A day at the end of some time, and where the text says so."""

    start: int
    end: int
    day: date
    within: bool
    """By that day, not on it."""
    at: datetime | None
    """The instant, in Paris, when hours or minutes are counted and it is of today."""


def counted_in(text: str, now: datetime) -> Iterator[Counted]:
    """What a spoken text counts from now (aware)."""
    for pattern in (_COUNTED, _GLUED):
        for match in pattern.finditer(text):
            if found := _read(match, paris(now)):
                yield found


def _read(match: re.Match[str], now: datetime) -> Counted | None:
    lead = match["lead"]
    within = lead in _WITHIN or lead.startswith("delai") or bool(match["les"] and "a peu" not in match["les"])
    many, unit = _many(match)
    # "dans la semaine", "dans le mois"; "pour le mois" counts nothing.
    if match["own"] and (lead != "dans" or match["les"] not in ("la", "le")):
        return None
    if unit in _HOURS and many * _HOURS[unit] < 24 * 60:
        at = now + timedelta(minutes=many * _HOURS[unit])
        return Counted(*match.span(), at.date(), within, at) if lead == "dans" else None
    if unit in _HOURS:
        many, unit = many * _HOURS[unit] // (24 * 60), "jours"
    if lead.endswith("y a"):
        return Counted(*match.span(), later(now.date(), -many, unit), False, None)
    return Counted(*match.span(), later(now.date(), many, unit), within, None)


def _many(match: re.Match[str]) -> tuple[int, str]:
    if match["some"]:
        return {"huitaine": (HUITAINE, "jours"), "quinzaine": (QUINZAINE, "jours"), "demi heure": (30, "minutes")}[
            match["some"]
        ]
    if match["own"]:
        return 1, match["own"]
    many = match["many"]
    return (int(many) if many.isdecimal() else 2 if many == "quelques" else 1), match["unit"]
