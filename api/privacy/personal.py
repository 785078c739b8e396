"""Where a text names a person: e-mail, telephone and case numbers, full dates, names. For Rasa and for logs."""

import re
from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from api.core import clock
from api.core.folding import fold, words
from api.core.written_dates import WrittenDate, written_dates
from api.privacy.secrets_found import GAP, plain_digits

# No word of French begins so, and the normaliser leaves them alone.
NUMBER, MAIL, DATE, NAME = "xxnumero", "xxmail", "xxdate", "xxnom"

_MAIL = re.compile(r"(?<![^\s,;:<(\"])[^\s@,;:<>()\"]{1,64} ?@ ?[^\s@,;:<>()\"]{1,190}\.[^\W\d_]{2,24}")
_NINE = rf"[1-9](?:{GAP}[0-9]){{8}}"
_ABROAD = rf"(?:\+|0{GAP}0){GAP}"
_TELEPHONE = re.compile(
    # "01/02/1990 10 h" has ten digits and begins with 0: a date and an hour.
    r"(?<![0-9])(?!0[1-9]([/.\-])(?:0[1-9]|1[0-2])\1(?:19|20)[0-9]{2}(?![0-9]))"
    rf"(?:{_ABROAD}3{GAP}3{GAP}(?:\(?0\)?{GAP})?{_NINE}|0{GAP}{_NINE}|{_ABROAD}[1-9](?:{GAP}[0-9]){{6,13}})(?![0-9])"
)
_NUMBER = re.compile(rf"(?<![^\W0-9])[A-Z]{{0,3}}(?P<digits>[0-9](?:{GAP}[0-9]){{6,}})(?:[A-Z]\b)?", re.IGNORECASE)
# A code of an identity check, typed where none is open: in answer to the SMS that brought it, or too late.
_CODE = re.compile(r"(?<![0-9])(?<![0-9][\s.,/\-])[0-9](?:[ \-]?[0-9]){5}(?![\s.,/\-]?[0-9])")
_BORN = re.compile(r"\b(?:n[ée]+s?|naissance)\b[^.!?]{0,20}$", re.IGNORECASE)
# A part of a name that is a word of every sentence: "Le Goff" is hidden whole, and "Goff", but not "le".
_PARTICLES = frozenset(["les", "des", "del", "von", "van", "der", "ben", "bin", "abd"])

Words = tuple[str, ...]


class Named(NamedTuple):
    """A place where somebody is named, and what stands there instead."""

    start: int
    end: int
    token: str | None
    """None: it names nobody, and must stay whole."""


def mails(text: str) -> Iterator[Named]:
    """E-mail addresses, a space around the @ or not."""
    return (Named(*found.span(), MAIL) for found in _MAIL.finditer(text))


def numbers(text: str) -> Iterator[Named]:
    """Telephone numbers, then full dates, then whatever else has seven digits, or six and nothing around them."""
    view = plain_digits(text)
    for finder in (_telephones, _dates, _long_numbers, _codes):
        for named in finder(view):
            view = view[: named.start] + "x" * (named.end - named.start) + view[named.end :]
            yield named


def names(text: str, known: Collection[str]) -> Iterator[Named]:
    """The known names, whole words, whatever their case and accents; "Le Goff" also as "Goff"."""
    phrases = {phrase for name in known for phrase in _phrases(name)}
    longest = max(map(len, phrases), default=0)
    written = [(*word.span(), fold(word[0])) for word in re.finditer(r"[^\W_]+", text)]
    position = 0
    while position < len(written):
        length = _longest([word for *_, word in written[position : position + longest]], phrases)
        if length:
            yield Named(written[position][0], written[position + length - 1][1], NAME)
        position += length or 1


def replace(text: str, find: Callable[[str], Iterator[Named]]) -> str:
    """The text with a token in each place found."""
    for start, end, token in sorted(find(text), reverse=True):
        text = text if token is None else text[:start] + token + text[end:]
    return text


def _telephones(view: str) -> Iterator[Named]:
    return (Named(*found.span(), NUMBER) for found in _TELEPHONE.finditer(view))


def _dates(view: str) -> Iterator[Named]:
    for date in written_dates(view):
        born = _year(date) < clock.today().year or _BORN.search(view[max(0, date.start - 40) : date.start])
        yield Named(date.start, date.end, DATE if born else None)


def _year(date: WrittenDate) -> int:
    """The year meant: 90 is 1990, and 27 is 2027 in 2026, for appointments are made for next year too."""
    if date.full_year:
        return date.year
    return 2000 + date.year if 2000 + date.year <= clock.today().year + 1 else 1900 + date.year


def _long_numbers(view: str) -> Iterator[Named]:
    for found in _NUMBER.finditer(view):
        groups = [len(group) for group in re.findall(r"[0-9]+", found["digits"])]
        # "12/05 13/05": two days, no case number.
        if max(groups) > 2 or sum(groups) > 8:
            yield Named(*found.span(), NUMBER)


def _codes(view: str) -> Iterator[Named]:
    return (Named(*found.span(), NUMBER) for found in _CODE.finditer(view))


def _phrases(name: str) -> Iterator[Words]:
    parts = words(name)
    yield tuple(parts)
    yield from ((part,) for part in parts if len(part) > 2 and part not in _PARTICLES)


def _longest(following: list[str], phrases: Collection[Words]) -> int:
    """How many of the words that follow are a name; 0 when none is."""
    lengths = (length for length in range(len(following), 0, -1) if tuple(following[:length]) in phrases)
    return next(lengths, 0)
