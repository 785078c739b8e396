"""What is taken out of a text: secrets before it is kept, all that names a person before Rasa or a log sees it."""

import unicodedata
from collections.abc import Collection
from functools import partial
from typing import NamedTuple

from api.privacy import personal
from api.privacy.numbers import Secret
from api.privacy.secrets_found import find_secrets

MASK = "[numéro masqué]"


class Masked(NamedTuple):
    """A text that may be kept."""

    text: str
    """MASK in the place of each secret."""
    found: frozenset[Secret]
    """What there was."""


def mask_secrets(text: str) -> Masked:
    """The text without social security numbers (by key, or structure), IBANs (mod 97) and bank cards (Luhn).

    Telephone numbers, dates, codes of six digits and SIRETs stay, also side by side.
    """
    found = find_secrets(text)
    for start, end, _ in reversed(found):
        text = text[:start] + MASK + text[end:]
    return Masked(text, frozenset(secret for *_, secret in found))


def mask_for_rasa(text: str, names: Collection[str]) -> str:
    """The text without secrets, e-mail addresses, telephone and case numbers, dates of birth and the `names` given.

    Neutral tokens stand there instead (api.privacy.personal), which normalising leaves as they are. A date of this year
    or later stays, unless it is said to be a birth: an appointment may be meant.
    """
    text = unicodedata.normalize("NFC", mask_secrets(text).text.replace(MASK, personal.NUMBER))
    for find in (personal.mails, personal.numbers, partial(personal.names, known=names)):
        text = personal.replace(text, find)
    return text
