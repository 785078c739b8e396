"""What people type to say who they are, however they write it, one thing a message or all at once."""

import re
import unicodedata
from datetime import date

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

from api.core import clock
from api.core.written_dates import WrittenDate, written_dates

# Less than a century, so that a year of two digits has one reading. At 14, some write for their household.
_AGES = range(14, 111)
# Overseas, 06 and 07 are dialled as in mainland France; who has the number is in the plan that phonenumbers carries.
_OVERSEAS = ("GP", "GF", "MQ", "RE", "YT")

_GAP = r"[\s.\-/_]{0,3}"
_MOBILE = re.compile(
    rf"(?<![0-9])(?:(?:\+|00)?{_GAP}(?:33|262|590|594|596){_GAP}(?:\(?0\)?{_GAP})?|0{_GAP})[67](?:{_GAP}[0-9]){{8}}(?![0-9])"
)
# A mobile whose nought was forgotten is none: no such code begins with 6 or 7.
_LETTER = re.compile(r"(?<![0-9])[1-589][0-9]{2}([ .\-]?)[0-9]{3}\1[0-9]{3}(?![0-9])")
_CODE = re.compile(r"(?<![0-9])(?<![0-9][\s.\-])[0-9](?:[ \-]?[0-9]){5}(?![\s.\-]?[0-9])")


def read_phone(text: str) -> str | None:
    """The first French mobile number of the text, mainland or overseas, as E.164; None without one."""
    found = _MOBILE.search(_plain(text))
    return _e164(found[0]) if found else None


def without_phone(text: str) -> str:
    """The text without its mobile numbers, whose digits are neither a day nor an hour."""
    return _MOBILE.sub(" ", _plain(text))


def read_birth_date(text: str, today: date | None = None) -> date | None:
    """The first date of the text at which a person of 14 to 110 was born; a year of two digits is read by that rule."""
    dates = sorted(written_dates(_MOBILE.sub(_hidden, _plain(text))))
    births = (_birth(written, today or clock.today()) for written in dates)
    return next((birth for birth in births if birth), None)


def read_code(text: str) -> str | None:
    """The first six digits of the text that stand alone, together or parted by spaces or dashes; None without any."""
    plain = _MOBILE.sub(_hidden, _plain(text))
    for written in written_dates(plain):
        if written.full_year:
            plain = plain[: written.start] + "x" * (written.end - written.start) + plain[written.end :]
    found = _CODE.search(plain)
    return re.sub(r"[ \-]", "", found[0]) if found else None


def read_letter_code(text: str) -> str | None:
    """The first nine digits of the text that may be the code of a letter; None without any."""
    found = _LETTER.search(_MOBILE.sub(_hidden, _plain(text)))
    return re.sub(r"[^0-9]", "", found[0]) if found else None


def _plain(text: str) -> str:
    """Digits as 0-9, accents on their letters, dashes as "-", no mark that a telephone's contacts leave around."""
    visible = (char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) != "Cf")
    dashed = "".join("-" if unicodedata.category(char) == "Pd" else char for char in visible)
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in dashed)


def _hidden(found: re.Match[str]) -> str:
    return "x" * len(found[0])


def _e164(written: str) -> str | None:
    digits = re.sub(r"[^0-9]", "", written)
    national = digits if digits.startswith("0") and not digits.startswith("00") else f"+{digits.removeprefix('00')}"
    try:
        mainland = phonenumbers.parse(national, "FR")
    except NumberParseException:
        return None
    return phonenumbers.format_number(_overseas(national) or mainland, PhoneNumberFormat.E164)


def _overseas(national: str) -> PhoneNumber | None:
    """The number overseas that is meant by 0690 and the like; None when mainland France has it, or nobody.

    The plan says nothing of the numbers kept for fiction (06 39 98), nor of those opened since: these are mainland.
    """
    numbers = (phonenumbers.parse(national, region) for region in _OVERSEAS if national.startswith("0"))
    return next(filter(phonenumbers.is_valid_number, numbers), None)


def _birth(written: WrittenDate, today: date) -> date | None:
    years = (written.year,) if written.full_year else (1900 + written.year, 2000 + written.year)
    births = (_date(year, written) for year in years)
    return next((birth for birth in births if birth and _age(birth, today) in _AGES), None)


def _date(year: int, written: WrittenDate) -> date | None:
    try:
        return date(year, written.month, written.day)
    except ValueError:
        return None


def _age(birth: date, today: date) -> int:
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
