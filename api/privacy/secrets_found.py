"""Where the secrets stand in a text: NIR, IBAN and cards, in any script, parted by anything that people type."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from api.privacy.numbers import IBAN_LENGTHS, Secret, is_iban, secret_of

# Zero-width and direction marks come with numbers that a telephone copies.
GAP = r"[\s.\-‐-―−_/·\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]{0,3}"
_SIGN = rf"(?:2{GAP}[AB](?={GAP}[0-9])|[0-9])"
_CHAIN = re.compile(rf"{_SIGN}(?:{GAP}{_SIGN})*", re.IGNORECASE)
_GROUP = re.compile(r"[0-9AB]+", re.IGNORECASE)
_IBAN_START = re.compile(rf"([A-Z]){GAP}([A-Z]){GAP}[0-9]{GAP}[0-9]", re.IGNORECASE)
_LONGEST = 19

# A telephone number or a full date, as most people write them. Next to each other they are as long as a card, and one
# time in ten Luhn's rule accepts them.
_DAY, _MONTH, _YEAR = "(?:0[1-9]|[12][0-9]|3[01])", "(?:0[1-9]|1[0-2])", "(?:19|20)[0-9]{2}"
_ORDINARY = (
    r"(?:(?:00)?33\s?(?:\(?0\)?)?|0)[\s.\-]?[1-9](?:[\s.\-/]?[0-9]{2}){4}"
    rf"|{_DAY}[\s.\-/]?{_MONTH}[\s.\-/]?{_YEAR}|{_YEAR}[\s.\-/]?{_MONTH}[\s.\-/]?{_DAY}"
)
_PART = re.compile(rf"(?<![0-9])(?:{_ORDINARY})(?![0-9])")
_CODE = r"[0-9]{6}|[0-9]{3}[\s\-][0-9]{3}"
_PARTS_ONLY = re.compile(rf"(?:{_ORDINARY}|{_CODE})(?:[\s.\-‐-―/]{{1,3}}(?:{_ORDINARY}|{_CODE}))*")


class Found(NamedTuple):
    """A secret and its place."""

    start: int
    end: int
    secret: Secret


def plain_digits(text: str) -> str:
    """The text with every digit of every script as 0-9; as long as it was, so that places agree."""
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def find_secrets(text: str) -> list[Found]:
    """The secrets of the text, in order, none overlapping another."""
    view = plain_digits(text)
    ibans = list(_ibans(view))
    for iban in ibans:
        view = view[: iban.start] + "x" * (iban.end - iban.start) + view[iban.end :]
    return sorted([*ibans, *(found for chain in _CHAIN.finditer(view) for found in _in_chain(chain))])


def _ibans(view: str) -> Iterator[Found]:
    end = 0
    for start in _IBAN_START.finditer(view):
        length = IBAN_LENGTHS.get((start[1] + start[2]).upper())
        account = _signs(length).match(view, start.start()) if length and start.start() >= end else None
        if account and is_iban("".join(filter(str.isalnum, account[0])).upper()):
            end = account.end()
            yield Found(account.start(), end, Secret.iban)


@cache
def _signs(count: int) -> re.Pattern[str]:
    return re.compile(rf"(?:[A-Z0-9]{GAP}){{{count - 1}}}[A-Z0-9](?![A-Z0-9])", re.IGNORECASE)


def _in_chain(chain: re.Match[str]) -> Iterator[Found]:
    """Whole groups of digits, taken together as long as they may be, that make a secret."""
    groups = [group.span() for group in _GROUP.finditer(chain[0])]
    first = 0
    while first < len(groups):
        for last in range(_last(groups, first), first - 1, -1):
            start, end = groups[first][0], groups[last][1]
            if secret := _secret(chain[0], start, end):
                yield Found(chain.start() + start, chain.start() + end, secret)
                first = last
                break
        first += 1


def _last(groups: list[tuple[int, int]], first: int) -> int:
    """The last group up to which the digits from `first` are no more than a card has."""
    digits, last = 0, first
    for last in range(first, len(groups)):
        digits += groups[last][1] - groups[last][0]
        if digits > _LONGEST:
            return last - 1
    return last


def _secret(chain: str, start: int, end: int) -> Secret | None:
    secret = secret_of("".join(_GROUP.findall(chain[start:end])).upper())
    if secret is None or _is_ordinary(chain, start, end):
        return None
    return secret


def _is_ordinary(chain: str, start: int, end: int) -> bool:
    """Whether the digits are telephone numbers, dates and codes side by side, or a cut through one of them."""
    if (start, end) == (0, len(chain)):
        return _PARTS_ONLY.fullmatch(chain) is not None
    # Only near: a chain of ten thousand digits must not be read again from its beginning at each group.
    near = range(max(0, start - _LONGEST), min(len(chain), end + _LONGEST))
    parts = (part.span() for part in _PART.finditer(chain, near.start, near.stop))
    return any(part[0] <= start < part[1] or part[0] < end <= part[1] for part in parts)
