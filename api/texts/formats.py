"""How dates, times, sums, distances and lists are written in French: Babel does it, templates name it."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import phonenumbers
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal

from api.core.clock import paris

LOCALE = "fr_FR"


def day(value: str | date) -> str:
    """ "mardi 1er décembre": what a person needs to recognise a date near them."""
    return _first(format_date(_local(value), "EEEE d MMMM", locale=LOCALE))


def long_day(value: str | date) -> str:
    """ "mardi 1er décembre 2026": a day that is read back leaves nothing to guess."""
    return _first(format_date(_local(value), "EEEE d MMMM y", locale=LOCALE))


def full_date(value: str | date) -> str:
    """ "1er décembre 2026"."""
    return _first(format_date(_local(value), "d MMMM y", locale=LOCALE))


def clock_time(value: str | datetime) -> str:
    """ "9 h 30" or "14 h", in Paris time."""
    moment = _time(value)
    return f"{moment.hour} h {moment.minute:02d}" if moment.minute else f"{moment.hour} h"


def money(euros: str | float | Decimal) -> str:
    """ "651,69 €", or "20 €" when there are no cents."""
    amount = Decimal(str(euros))
    pattern = "#,##0\xa0¤" if amount == amount.to_integral_value() else None
    return format_currency(amount, "EUR", format=pattern, locale=LOCALE, currency_digits=pattern is None)


def cents(amount: int) -> str:
    """A sum in euro cents."""
    return money(Decimal(amount) / 100)


def phone(number: str) -> str:
    """ "02 61 91 00 00"; short numbers such as 3949 stay as they are."""
    if not number.startswith("+"):
        return number
    parsed = phonenumbers.parse(number)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)


def digits(number: str) -> str:
    """ "0261910000", in one piece: among words that run from right to left, pairs would be shown the last one first."""
    return phone(number).replace(" ", "")


def km(distance: float) -> str:
    """ "12 km"; below one kilometre nobody counts metres from the middle of a commune."""
    return "moins de 1 km" if distance < 1 else f"{format_decimal(round(distance), locale=LOCALE)} km"


WEEKS_A_MONTH = 52 / 12
IN_WEEKS = 8
"""Weeks until which a course is told in weeks alone."""


def lasting(hours: float, week: float) -> str:
    """ "environ 3 semaines", "environ 20 semaines (5 mois)": how long hours last at so many a week.

    Whoever reads "700 heures" asks how many months that is.
    """
    weeks = round(hours / week)
    if weeks <= 1:
        return "environ une semaine" if weeks else "moins d'une semaine"
    return f"environ {weeks} semaines" + ("" if weeks <= IN_WEEKS else f" ({round(weeks / WEEKS_A_MONTH)} mois)")


def listing(items: Sequence[Any]) -> str:
    """ "a, b et c"."""
    return format_list([str(item) for item in items], locale=LOCALE)


def listing_or(items: Sequence[Any]) -> str:
    """ "a, b ou c"."""
    return format_list([str(item) for item in items], style="or", locale=LOCALE)


def phones(numbers: Sequence[str]) -> str:
    """ "02 61 91 00 01 ou 02 61 91 00 02"."""
    return listing_or([phone(number) for number in numbers])


HOW = {"public_office": "sur place", "phone": "par téléphone", "visio": "en vidéo", "home": "chez vous"}


def how(location_type: str) -> str:
    """ ", sur place" after an hour; nothing where it is not known.

    Somebody who moved a call by SMS was given an hour at an office 40 km away, and nothing said so.
    """
    return f", {HOW[location_type]}" if location_type in HOW else ""


FILTERS: dict[str, Callable[..., str]] = {
    "day": day,
    "long_day": long_day,
    "date": full_date,
    "time": clock_time,
    "how": how,
    "money": money,
    "cents": cents,
    "phone": phone,
    "phones": phones,
    "digits": digits,
    "km": km,
    "lasting": lasting,
    "list": listing,
}


def _local(value: str | date) -> date:
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    return paris(value).date() if isinstance(value, datetime) else value


def _time(value: str | datetime) -> time:
    return paris(datetime.fromisoformat(value) if isinstance(value, str) else value).time()


def _first(written: str) -> str:
    """French says "1er", Babel says "1"."""
    return " ".join("1er" if word == "1" else word for word in written.split(" "))
