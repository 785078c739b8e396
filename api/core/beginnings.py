"""From which day a letter's term counts: when it came, the day it bears, or the one named after "à compter"."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from api.core.dates.counting import last_of_month, later
from api.core.dates.days import Named

BEHIND = timedelta(days=183)
"""A letter whose term still runs came within half a year."""
_FAR = 6
"""Words between a cue and its day: "reçue en recommandé à la poste le mercredi 25"."""


class Beginning(StrEnum):
    """What a day is to a letter."""

    named = "named"
    """ "à compter du 3"."""
    came = "came"
    dated = "dated"


_CUES = {
    Beginning.named: r"a compter|a partir|suivant|depuis",
    Beginning.came: (
        r"recue?s?|eue?s?|arrivee?s?|parvenue?s?|notifiee?s?|notification|remise?s?|retiree?|recuperee?|facteur"
        r"|recommande|reco|reception"
    ),
    Beginning.dated: r"datee?|datees|lettre|courrier|papier|decision|mail|rejetee?|refusee?|envoyee?",
}
_CUE = re.compile("|".join(rf"(?P<{kind}>\b(?:{words})\b)" for kind, words in _CUES.items()))
# What the term itself says of where it begins: "à compter de la réception", "à compter de ce jour".
_SAID = re.compile(
    r"\b(?:a compter|a partir|suivant|apres)(?: (?:de|du|d|la|le|l|ma|sa|date|jour))* "
    r"(?:(?P<came>recue?|reception|remise|notification|ou je? ?l|ou jlai)"
    r"|(?P<dated>courrier|lettre|decision|envoi|ce jour))\b"
)


def beginnings(said: str, named: Sequence[Named], today: date) -> list[date]:
    """The days from which a term may count, of those that a spoken text names; several where it does not say which."""
    found: dict[Beginning | None, set[date]] = {}
    for one in named:
        kind = _kind(said, one, named)
        day = behind(one, today) if kind else _over(one, today)
        if day and today - BEHIND <= day and (day <= today or kind is Beginning.named):
            found.setdefault(kind, set()).add(day)
    meant = _SAID.search(said)
    wanted = [Beginning(meant.lastgroup)] if meant and meant.lastgroup else []
    for kinds in ([Beginning.named], wanted, [Beginning.came, Beginning.dated], [None]):
        if days := set().union(*(found.get(kind, set()) for kind in kinds)):
            return sorted(days)
    return []


def _kind(said: str, one: Named, named: Sequence[Named]) -> Beginning | None:
    """What the words before the day make of it; those of the day before it are not its own."""
    since = max((other.end for other in named if other.end <= one.start), default=0)
    near = " ".join(said[since : one.start].split()[-_FAR:])
    cues = list(_CUE.finditer(near))
    return Beginning(cues[-1].lastgroup) if cues and cues[-1].lastgroup else None


def _over(one: Named, today: date) -> date | None:
    """The day, where it is surely over: "hier", "lundi dernier"."""
    first, _ = one.spans[0]
    return first if first <= today else None


def behind(one: Named, today: date) -> date | None:
    """The last time that this day was: "le 21" is of the last month that had one. One that is named to come stays."""
    first, _ = one.spans[0]
    if first <= today:
        return first
    if one.is_weekday:
        return first - timedelta(days=7)
    if one.bare:
        return last_of_month(today, first.day)
    before = later(first, -1, "an")
    return before if today - before <= BEHIND else first
