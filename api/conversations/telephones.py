"""Numbers of telephones as gateways write them: which ones we answer."""

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

MAINLAND = 33
OVERSEAS = frozenset({"GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF", "NC", "PF", "WF"})
"""Each with its own code: +590, +596, +594, +262…"""
_MOBILE = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})
_SHORTEST = 9
"""Digits. Less is a short code: a service, which answers by itself."""


def mobile(written: str) -> str | None:
    """The French mobile in E.164; None for a short code, a name, a fixed line, another country.

    With or without its "+", as "00", or as people write it at home.
    """
    digits = "".join(sign for sign in written if sign not in " .-()")
    if not digits.removeprefix("+").isdecimal() or len(digits) < _SHORTEST:
        return None
    if not digits.startswith(("+", "0")):
        digits = f"+{digits}"
    try:
        number = phonenumbers.parse(digits, "FR")
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164) if _is_ours(number) else None


def _is_ours(number: phonenumbers.PhoneNumber) -> bool:
    # Metadata of phonenumbers are behind what Arcep opens, and leave out the 06 39 98 of fiction.
    if number.country_code == MAINLAND:
        return phonenumbers.is_possible_number(number) and str(number.national_number)[0] in "67"
    return phonenumbers.region_code_for_number(number) in OVERSEAS and phonenumbers.number_type(number) in _MOBILE
