"""Where a professional is reached, as somebody types it: kept in one writing, or refused with the reason."""

import re

import phonenumbers

from api.core.errors import Unreadable

# One address: a comma would be two, and a line feed another header of the e-mail.
_ADDRESS = re.compile(r"[^\s@,;:<>()\"\[\]]{1,64}@[^\s@,;:<>()\"\[\]]{1,180}\.[^\s@.,;:<>()\"\[\]]{2,24}")


def address(written: str) -> str:
    """An e-mail address in lower case. Raises Unreadable."""
    found = written.strip().lower()
    if not _ADDRESS.fullmatch(found) or not found.isprintable():
        raise Unreadable("Cette adresse est illisible. Écrivez-la comme nom@exemple.fr.", error="unreadable_address")
    return found


def number(written: str) -> str:
    """A telephone number in E.164. Raises Unreadable."""
    try:
        parsed = phonenumbers.parse(written, "FR")
    except phonenumbers.NumberParseException:
        parsed = None
    if parsed is None or not phonenumbers.is_possible_number(parsed):
        raise Unreadable("Ce numéro de téléphone est illisible.", error="unreadable_number")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
