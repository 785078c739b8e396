"""The text in which days and hours are looked for: normalised, its number words in digits."""

import re

from text_to_num import alpha2digit

from api.core.normaliser import normalise

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
# "sept" is a number too: after a day, it is the month.
_SEPTEMBER = re.compile(r"(?<=\d )sept\b|(?<=\der )sept\b")


# "g 10j", "sous 15j"; not the "j" of "le 13, j'ai".
_DAYS = re.compile(r"(?<=\d)j\b")


def spoken(text: str) -> str:
    """Normalised words and digits: "sous quinze jours" gives "sous 15 jours". "un" and "une" stay."""
    digits: str = alpha2digit(_SEPTEMBER.sub("septembre", normalise(text)), "fr", threshold=2)
    return _DAYS.sub(" jours", digits)


def blanked(text: str, start: int, end: int) -> str:
    """The text with what was read there made unreadable, of the same length."""
    return text[:start] + "_" * (end - start) + text[end:]
