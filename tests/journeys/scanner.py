"""Finds what belongs to a person of the database in any text, however it is spelled there."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from api.core.clock import paris
from api.core.sealing import Sealer
from api.identity.reading import read_code
from api.supervisor.keys import demo_secrets
from tests.journeys.records import Records

MONTHS = [
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
]
# The hour at which a line was written is no appointment: JSON logs, then those of Rasa and PostgreSQL.
_STAMP = re.compile(r'"at": "[^"]*"|^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*', re.MULTILINE)
_ESCAPED = re.compile(r"\\u([0-9a-f]{4})")
_PHONE = re.compile(r"(?:(?:\+|00)[ .\-/]{0,2}33[ .\-/]{0,2}(?:\(0\))?|0)[ .\-/]{0,2}[1-9](?:[ .\-/]{0,2}\d){8}(?!\d)")
_DIGITS = re.compile(r"(?<![\w.\-])\d(?:[ \-]?\d)+(?![\w\-])")
_ISO = re.compile(r"\d{4}-\d\d-\d\d[t ]\d\d:\d\d")
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?:er)?[ /.\-](\d{1,2}|[a-z]{3,9})[ /.\-](\d{4}|\d\d)(?!\d)")
_BORN = re.compile(r"(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d)")
_AT = re.compile(r"(?<!\d)(\d{1,2})(?:er)? ([a-z]{3,9}) (?:a )?(\d{1,2}) ?(?:h|:) ?(\d\d)?")


@dataclass(frozen=True)
class Secrets:
    """Everything that must not be found, plain (`plainly`): no accents, lower case."""

    names: frozenset[str]
    words: frozenset[str]
    """E-mails, addresses, names of places of appointments."""
    phones: frozenset[str]
    """National, ten digits."""
    numbers: frozenset[str]
    """Cases and codes."""
    born: frozenset[date]
    appointments: frozenset[datetime]
    """UTC."""

    def found_in(self, text: str) -> set[str]:
        """What of it this text holds, each with its kind."""
        read = plainly(text)
        return {
            *(f"name {name}" for name in self.names if _is_named(name, read)),
            *(f"word {word}" for word in self.words if word in read),
            *(f"phone {phone}" for phone in map(_national, _PHONE.findall(read)) if phone in self.phones),
            *(f"number {number}" for number in _numbers(read) if number in self.numbers),
            *(f"birth {born}" for born in _dates(read) if born in self.born),
            *(f"appointment {at}" for at in _moments(read, self.appointments)),
        }


def secrets_of(records: Records) -> Secrets:
    """All that the database knows of its people; the codes are unsealed."""
    people = records.all("SELECT first_name, last_name, phone, email, birth_date FROM beneficiaries")
    visits = records.all("SELECT starts_at, address, place_name, call_from FROM appointments")
    cases = {row.case_number for row in records.all("SELECT case_number FROM households")}
    pairs = {pair for row in people for pair in ((row.first_name, row.last_name), (row.last_name, row.first_name))}
    words = {word for row in visits for word in (row.address, row.place_name) if word}
    return Secrets(
        names=frozenset(r"\W{1,3}".join(map(_loosely, pair)) for pair in pairs),
        words=frozenset(map(plainly, words | {row.email for row in people if row.email})),
        phones=frozenset(f"0{row.phone.removeprefix('+33')}" for row in people if row.phone),
        numbers=frozenset(cases | set(sent_codes(records))),
        born=frozenset(row.birth_date for row in people),
        appointments=frozenset(row.starts_at.astimezone(UTC) for row in visits),
    )


def sent_codes(records: Records) -> list[str]:
    """The six digits of each code that went out."""
    sealer = Sealer(demo_secrets(records.stack.folder, {})["HENT_SECRET_KEY"])
    rows = records.all("SELECT sealed FROM outgoing_sms WHERE kind = 'code' ORDER BY created_at")
    return [read_code(sealer.open(bytes(row.sealed)) or "") or "" for row in rows]


def plainly(text: str) -> str:
    """Escapes of JSON read, accents taken off, lower case, times of log lines left out."""
    read = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), _STAMP.sub("", text))
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", read) if not unicodedata.combining(sign))
    return bare.replace("’", "'").lower()


def _is_named(name: str, read: str) -> bool:
    # Its first word before anything: two hundred patterns over what Rasa keeps of a run took more than a minute.
    return name.split("\\", 1)[0] in read and re.search(rf"\b{name}\b", read) is not None


def _loosely(name: str) -> str:
    """A name whose hyphens and apostrophes may have become spaces."""
    return r"\W?".join(re.findall(r"\w+", plainly(name)))


def _national(phone: str) -> str:
    return f"0{re.sub(r'[^0-9]', '', phone)[-9:]}"


def _numbers(read: str) -> Iterator[str]:
    return (re.sub(r"[ \-]", "", found) for found in _DIGITS.findall(read))


def _dates(read: str) -> Iterator[date]:
    for found in _BORN.findall(read):
        yield from _valid(*map(int, found.split("-")))
    for day, month, year in _DAY.findall(read):
        number = int(month) if month.isdigit() else _month(month)
        for full in [int(year)] if len(year) == 4 else [1900 + int(year), 2000 + int(year)]:
            yield from _valid(full, number, int(day))


def _month(word: str) -> int:
    return next((number for number, name in enumerate(MONTHS, 1) if name.startswith(word)), 0)


def _valid(year: int, month: int, day: int) -> Iterator[date]:
    try:
        yield date(year, month, day)
    except ValueError:
        return


def _moments(read: str, known: frozenset[datetime]) -> Iterator[str]:
    """ISO in UTC or in Paris time, and "27 novembre a 9 h 30"."""
    # A list: one instant in two time zones is one element of a set.
    local = [paris(at) for at in known]
    iso = {f"{at:%Y-%m-%d %H:%M}" for at in [*known, *local]}
    yield from (found for found in _ISO.findall(read) if found.replace("t", " ") in iso)
    spoken = {(at.day, at.month, at.hour, at.minute) for at in local}
    for day, month, hour, minute in _AT.findall(read):
        if (int(day), _month(month), int(hour), int(minute or 0)) in spoken:
            yield f"{day} {month} {hour} h {minute}"
