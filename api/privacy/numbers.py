"""Numbers that open a person's file, account or purse, told from all others by their own check."""

import re
from enum import StrEnum
from itertools import chain

# Insee, "numéro d'inscription au répertoire". Month 20, 30-42 and 50-99: not known; 2A, 2B: Corsica; 97-99: overseas
# and abroad; sex 3, 4, 7 and 8: given while the file is being made.
_NIR = re.compile(
    r"[123478][0-9]{2}(?:0[1-9]|1[0-2]|20|3[0-9]|4[0-2]|[5-9][0-9])(?:0[1-9]|[1-9][0-9]|2[AB])"
    r"(?!000)[0-9]{3}(?!000)[0-9]{3}(?P<key>[0-9]{2})?"
)
# SWIFT, IBAN registry, and the countries that use an IBAN without being in it.
_COUNTRIES = {
    15: "NO", 16: "BE", 18: "DK FI FK FO GL NL SD", 19: "MK SI", 20: "AT BA EE KZ LT LU MN XK", 21: "CH HR LI LV",
    22: "BG BH CR DE GB GE IE ME RS VA", 23: "AE GI IL IQ OM SO TL", 24: "AD CZ ES MD PK RO SA SE SK TN VG",
    25: "AO CV GW LY MZ PT ST", 26: "DZ IR IS TR", 27: "BI CF CG CM DJ FR GA GQ GR IT KM MC MG MR SM TD",
    28: "AL AZ BF BJ BY CI CY DO GT HN HU LB MA ML NE NI PL SN SV TG", 29: "BR EG PS QA UA", 30: "JO KW MU YE",
    31: "MT SC", 32: "LC", 33: "RU",
}  # fmt: skip
IBAN_LENGTHS = {country: length for length, countries in _COUNTRIES.items() for country in countries.split()}
# The shortest IBAN of all has 13 digits; a sentence that begins "de 20 ..." has none.
_IBAN_DIGITS = 10
_CARD_LENGTHS = range(13, 20)


class Secret(StrEnum):
    """Numbers that Hent never keeps."""

    nir = "nir"
    iban = "iban"
    card = "card"


def secret_of(number: str) -> Secret | None:
    """What the number is: digits, and A or B for Corsica, without separators."""
    if is_nir(number):
        return Secret.nir
    return Secret.card if is_card(number) else None


def is_nir(number: str) -> bool:
    """13 characters of the right structure, or 15 whose key agrees."""
    found = _NIR.fullmatch(number)
    if found is None or found["key"] is None:
        return found is not None
    body = int(number[:13].replace("2A", "19").replace("2B", "18"))
    return 97 - body % 97 == int(found["key"])


def is_card(number: str) -> bool:
    """13 to 19 digits that Luhn's rule accepts, in the length that its issuer uses.

    A SIRET has 14 digits and obeys Luhn too: 14 is a card for Diners alone (30, 36, 38, 39), so that employers can be
    named. 13 is an old Visa (4). No card begins with 0, as telephone numbers do.
    """
    if not number.isdecimal() or len(number) not in _CARD_LENGTHS or number.startswith("0"):
        return False
    issuers = {13: ("4",), 14: ("30", "36", "38", "39")}.get(len(number), ("",))
    return number.startswith(issuers) and _luhn(number)


def is_iban(account: str) -> bool:
    """Letters and digits in capitals, of the country's length, whose remainder by 97 is 1 (ISO 7064)."""
    if len(account) != IBAN_LENGTHS.get(account[:2]) or sum(map(str.isdecimal, account)) < _IBAN_DIGITS:
        return False
    return int("".join(str(int(char, 36)) for char in account[4:] + account[:4])) % 97 == 1


def _luhn(number: str) -> bool:
    doubled = (divmod(2 * int(digit), 10) for digit in number[-2::-2])
    return (sum(map(int, number[::-2])) + sum(chain.from_iterable(doubled))) % 10 == 0
