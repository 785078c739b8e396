"""Sums of money as people write them, in French: "630€", "3k", "mille deux cents euros", "entre 500 et 600"."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from api.core.dates.spoken import blanked, spoken

# Below, a number beside "par mois" or after "je touche" counts times, letters or children.
_LEAST_BARE = 100

_NUMBER = r"(?<![\d.,/:])(?:\d{1,3}(?: \d{3})+|\d{1,3}(?:\.\d{3})+|\d{1,7})(?:[.,]\d{1,2})?(?![\d/:]|[.,]\d)"
_UNIT = r"(?: ?€| ?(?:euros?|eur|balles?|boules?)\b| e\b)"
# What counts money without naming it, at the end of a number: a period, what is owed or earned, or no other noun.
_PERIOD = (
    r"(?= (?:par mois|par an|par semaine|brut|brute|net|nette|mensuels?|de (?:dettes?|loyer|rsa|salaire|retraite)\b))"
)
_END = r"(?=$| (?:et|ou|mais|de|du|d|par|pour|a|au|ce|cette|chaque|net|brut|seulement|alors|donc|la|le|en|avec|\?))"
_LEAD = (
    r"\b(?:touche|touches|touchais|gagne|gagnes|gagnais|paie|paye|payer|paient|verse|versent|reclame|reclament"
    r"|rembourser|loyer de"
    r"|(?:loyer|salaire|rsa|montant|dette|facture) (?:est|c est|etait)(?: de)?) "
)
# "-" and "/" between two sums; folding would make "500 600" of "500-600".
_DASHED = re.compile(r"(?<![\d/-])(\d+) ?[-–—/] ?(\d+)(?= ?(?:€|euros?\b|eur\b|e\b|balles?\b))", re.IGNORECASE)
_HUNDRED = re.compile(r"\b(?:une )?centaine(?= (?:d |de )?(?:euros?|balles?|€))")
_OF_UNIT = re.compile(r"(?<=\d) d(?:e)? (?=euros?\b)")
_ONE = re.compile(r"\b(?:un|une)(?= (?:euro|balle)\b)")


@dataclass(frozen=True)
class Amount:
    """Euros, both bounds included; one sum when they are the same."""

    low: Decimal
    high: Decimal

    def __str__(self) -> str:
        """ "630", "6.5", "500..600"."""
        low, high = (f"{bound.normalize():f}" for bound in (self.low, self.high))
        return low if low == high else f"{low}..{high}"


def amounts_in(text: str) -> list[Amount]:
    """The sums that a text as written names, in their order. A number that may be something else is left."""
    said = _spoken(text)
    found: list[tuple[int, Amount]] = []
    for pattern, read in _SHAPES:
        for match in pattern.finditer(said):
            if amount := read(match):
                found.append((match.start(), amount))
                said = blanked(said, *match.span())
    return [amount for _, amount in sorted(found, key=lambda one: one[0])]


def _spoken(text: str) -> str:
    said = spoken(_DASHED.sub(r"\1 a \2", text))
    return _OF_UNIT.sub(" ", _ONE.sub("1", _HUNDRED.sub("100", said)))


def _one(match: re.Match[str]) -> Amount:
    return _amount(match[1], match[1])


def _with_cents(match: re.Match[str]) -> Amount:
    return _amount(f"{match[1]},{match[2]}", f"{match[1]},{match[2]}")


def _cents(match: re.Match[str]) -> Amount:
    return _scaled(match[1], Decimal("0.01"))


def _thousands(match: re.Match[str]) -> Amount:
    return _scaled(match[1], Decimal(1000))


def _between(match: re.Match[str]) -> Amount | None:
    between = _amount(match[1], match[2])
    return between if between.low < between.high else None


def _large(match: re.Match[str]) -> Amount | None:
    amount = _one(match)
    return amount if amount.low >= _LEAST_BARE or match[1][-3:-2] in (".", ",") else None


def _large_between(match: re.Match[str]) -> Amount | None:
    between = _between(match)
    return between if between and between.low >= _LEAST_BARE else None


def _amount(low: str, high: str) -> Amount:
    return Amount(_decimal(low), _decimal(high))


def _scaled(number: str, by: Decimal) -> Amount:
    return Amount(_decimal(number) * by, _decimal(number) * by)


def _decimal(number: str) -> Decimal:
    """ "1 200,50", "1.200", "6.5": a point before three digits groups them."""
    return Decimal(re.sub(r" |\.(?=\d{3})", "", number).replace(",", "."))


Reader = Callable[[re.Match[str]], Amount | None]
# Each reads what those before it left.
_SHAPES: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (rf"\b(?:entre|de) ({_NUMBER}){_UNIT}? (?:et|a) ({_NUMBER}){_UNIT}", _between),
        (rf"({_NUMBER}){_UNIT}? a ({_NUMBER}){_UNIT}", _between),
        (rf"\bentre ({_NUMBER}) et ({_NUMBER})(?: par mois)?{_END}", _large_between),
        (r"(?<![\d.,])(\d+)(?: ?€| euros?) (\d\d)\b(?! (?:€|euros?|h|heures?|ans|jours|mois|pour|%))", _with_cents),
        (rf"({_NUMBER}){_UNIT}", _one),
        (r"(?<![\d.,])(\d{3,6})e\b", _one),
        (r"(?<![\d.,])(\d{1,3}(?:[.,]\d{1,2})?)k(?:€|e)?\b", _thousands),
        (r"(?<![\d.,])(\d{1,2}) (?:centimes|cts?)\b", _cents),
        (rf"(?:€|\beuros) ({_NUMBER})", _one),
        (rf"({_NUMBER}){_PERIOD}", _large),
        (rf"{_LEAD}({_NUMBER}){_END}", _large),
        (r"^(\d{1,6}[.,]\d\d)$", _one),
    )
)
