"""The hours that a text names: "après 17h", "entre 9h et midi", "3h de l'après-midi", "en fin de matinée"."""

import re
from datetime import datetime, time

Hours = tuple[time, time]
"""First and last, in Paris time."""

OPEN = (time(8, 0), time(20, 0))
"""When a call may be wished for; the service's hours narrow it down."""
_CLOCK = r"(\d{1,2}) ?(?:h\b|h(?=\d)|:|heures?\b)(?: ?(\d{2})\b)?"
_BETWEEN = re.compile(rf"\b(?:entre|de) {_CLOCK} (?:et|a) {_CLOCK}")
_AFTER = re.compile(rf"\b(?:apres|a partir de|des|pas avant) {_CLOCK}")
_BEFORE = re.compile(rf"\b(?:avant|jusqu a|pas apres) {_CLOCK}")
_AT = re.compile(rf"(?P<lead>\b(?:a|vers|pour|environ|c est|sera) )?\b{_CLOCK}")
# "15h par semaine", "15 heures d'activité", "24h/24" say how long.
_LONG = re.compile(r" ?(?:/|par\b|d activite|de travail|de formation|semaine|hebdo)")
# Said in words: each becomes the hour that it means.
_WORDS = (
    (re.compile(r"\bmidi et demie?\b"), "12h30"),
    (re.compile(r"(?<=\bavant )midi\b|(?<=\bet )midi\b|(?<=\bvers )midi\b|(?<=\bjusqu a )midi\b"), "12h00"),
    (re.compile(r"\bminuit\b"), "23h59"),
    (re.compile(r"\b(\d{1,2}) ?(?:h|heures?) et demie?\b"), r"\1h30"),
    (re.compile(r"\b(\d{1,2}) ?(?:h|heures?) et quart\b"), r"\1h15"),
    (re.compile(r"\b(\d{1,2}) ?(?:h|heures?) ?(\d{2})? (?:de l |d |du )?(?:apres midi|aprem|soir)\b"), None),
)
_PARTS = (
    ("debut (?:de l |d )?(?:apres midi|[ld]?aprem)", time(12, 0), time(15, 0)),
    ("fin (?:de l |d )?(?:apres midi|[ld]?aprem)", time(15, 0), time(18, 0)),
    ("fin de (?:matinee|matin)", time(10, 0), time(12, 0)),
    ("debut de (?:matinee|matin)", time(8, 0), time(10, 0)),
    ("fin de journee", time(16, 0), time(20, 0)),
    ("apres midi", time(12, 0), time(18, 0)),
    # By ear: "laprem", "cet aprm".
    ("[ld]?apre?m", time(12, 0), time(18, 0)),
    ("matin", time(8, 0), time(12, 0)),
    ("matinee", time(8, 0), time(12, 0)),
    ("midi", time(12, 0), time(14, 0)),
    ("soiree", time(17, 0), time(20, 0)),
    ("soir", time(17, 0), time(20, 0)),
)


def hours_in(text: str, *, dated: bool) -> Hours | None:
    """The hours that a spoken text names; None when it names none. `dated`: it names a day too, so that "14h" alone
    is an hour and no duration."""
    for words, clock in _WORDS:
        text = words.sub(clock or _evening, text)
    if found := _BETWEEN.search(text):
        bounds = _time(found[1], found[2]), _time(found[3], found[4])
        return bounds if bounds[0] < bounds[1] else None
    if found := _AFTER.search(text):
        return _ordered(_time(found[1], found[2]), OPEN[1])
    if found := _BEFORE.search(text):
        return _ordered(OPEN[0], _time(found[1], found[2]))
    for found in _AT.finditer(text):
        alone = found[0].strip() == text.strip()
        if int(found[2]) < 24 and (dated or found["lead"] or found[3] or alone) and not _LONG.match(text, found.end()):
            return hour_of(_time(found[2], found[3]))
    return next(((first, last) for words, first, last in _PARTS if re.search(rf"\b{words}\b", text)), None)


def hour_of(start: time | datetime) -> Hours:
    """An hour said alone: from then to an hour later, the same day."""
    return time(start.hour, start.minute), time(min(start.hour + 1, 23), start.minute)


def _evening(found: re.Match[str]) -> str:
    """ "3h de l'après-midi" is 15h, "8h du soir" 20h."""
    hour = int(found[1])
    return f"{hour + 12 if hour < 12 else hour}h{found[2] or '00'}"


def _time(hour: str, minute: str | None) -> time:
    return time(min(int(hour), 23), min(int(minute or 0), 59))


def _ordered(first: time, last: time) -> Hours:
    return first, max(first, last)
