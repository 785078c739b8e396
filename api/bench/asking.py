"""Who asks: invented people of the demonstration, each with a date of their own to be told."""

from collections import Counter
from dataclasses import dataclass

from api.core.clock import now, today
from api.seed.appointments import moments
from api.seed.files import Row, e164
from api.seed.members import members
from api.texts.formats import clock_time, day

_SOONEST = 2
"""Days: a measure that begins before midnight may end after it, and "aujourd'hui" is said otherwise."""


@dataclass(frozen=True, slots=True)
class Person:
    """What one types to say who one is, and what the right answer holds."""

    phone: str
    """E.164."""
    birth_date: str
    """YYYY-MM-DD."""
    expected: str
    """ "mardi 1er décembre à 9 h 30"."""


def people() -> list[Person]:
    """Everybody whom a code identifies and who has an appointment to come, in the order of the files."""
    everybody = [member.person for member in members()]
    shared = Counter(person["phone"] for person in everybody)
    alone = [one for one in everybody if one["phone"] and shared[one["phone"]] == 1 and not one.get("confidential")]
    return [_person(one) for one in alone if _is_plain(one)]


def _is_plain(person: Row) -> bool:
    """The next appointment is a day or two away at least, and nothing of the past is still open."""
    entries = person["appointments"]
    settled = all("status" in entry for entry in entries if entry["days"] < _SOONEST)
    coming = [entry for entry in entries if entry["days"] >= _SOONEST]
    return settled and bool(coming) and not any("status" in entry for entry in coming)


def _person(person: Row) -> Person:
    dated = zip(person["appointments"], moments(person, today(), now()), strict=True)
    starts = min(moment for entry, moment in dated if entry["days"] >= _SOONEST)
    return Person(e164(person["phone"]), person["born"].isoformat(), f"{day(starts)} à {clock_time(starts)}")
