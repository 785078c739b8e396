"""What somebody types when a day was asked of them: a day and little else, or that they do not know."""

import re
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from pathlib import Path

from api.core.clock import PARIS
from api.core.dates.counted import counted_in
from api.core.dates.days import days_in
from api.core.dates.periods import period_in
from api.core.dates.spoken import blanked, spoken
from api.core.documents import read_yaml

FILE = Path(__file__).parents[2] / "data" / "reference" / "replies.yml"

# "12", "15 12": a number says nothing by itself, and all to whoever asked for a day.
_NUMBER = re.compile(r"\d{1,2}(?: \d{2})?")
_UNKNOWN = re.compile(
    # "Je sais pas où l'envoyer" asks something else.
    r"\b(?:sais|sait|vois|voit|trouve|retrouve|souviens|rappelle) (?:pas|plus|rien)\b"
    r"(?! (?:lire|ecrire|ou|comment|qui|quoi|si|pourquoi|a qui|ce que)\b)"
    r"|\b(?:pas|aucune|sans) (?:de |la |une )?date\b|\bpas (?:ecrit|marque|indique|precise)\b|\baucune idee\b"
    r"|^(?:aucune|perdue?|jetee?)$|\bperdu (?:la|le|l) \w+$"
)
_FEW = 9
"""Words of somebody who only does not know: more of them tell something else."""


class DayAnswer(StrEnum):
    """What was typed."""

    said = "said"
    unknown = "unknown"


def day_answer(text: str, today: date) -> DayAnswer | None:
    """Whether a text answers the question which day; None when it says, or asks, something else.

    "C'est quand mon rendez-vous du 12 ?" names a day, and is no answer.
    """
    said = spoken(as_day(text))
    rest = without_days(said, today)
    if rest != said and all(_aside(word) for word in rest.split()) and "?" not in text:
        return DayAnswer.said
    unknown = rest == said and len(said.split()) <= _FEW and _UNKNOWN.search(said)
    return DayAnswer.unknown if unknown else None


def as_day(text: str) -> str:
    """The same as a sentence: a number alone is a day of the month."""
    plain = " ".join(re.sub(r"[^\w\s]", " ", text).split())
    return f"le {plain}" if _NUMBER.fullmatch(plain) else text


def without_days(said: str, today: date) -> str:
    """A spoken text, its days and lengths of time made unreadable."""
    length = period_in(said)
    rest = blanked(said, length.start, length.end) if length else said
    for counted in counted_in(rest, datetime.combine(today, time(0), PARIS)):
        rest = blanked(rest, counted.start, counted.end)
    for named in days_in(rest, today):
        rest = blanked(rest, named.start, named.end)
    return rest


def _aside(word: str) -> bool:
    return word in _around() or not word.strip("_")


@cache
def _around() -> frozenset[str]:
    """Words beside a day that is an answer: "la date limite c'est le 12", "je dois répondre avant vendredi"."""
    return frozenset(read_yaml(FILE)["around_a_day"])
