"""Rows of the links that rdv-insertion sends: open, expired, without end, and answered."""

from datetime import date, datetime, timedelta

from api.seed.appointments import MOTIFS
from api.seed.calendar import moment
from api.seed.files import SOURCE, Row, identifier
from api.seed.members import Member, members

SENT_AT = "10:00"


def invitations(today: date) -> list[Row]:
    """One row an invitation; nobody has two."""
    return [_invitation(member, today) for member in members() if "invitation" in member.person]


def _invitation(member: Member, today: date) -> Row:
    entry, made = member.person["invitation"], identifier("invitation", member.id)
    return {
        "id": made,
        "source": SOURCE,
        "source_id": str(made),
        "beneficiary_id": member.id,
        "category": MOTIFS[entry["kind"]][0],
        "sent_at": _at(today, entry["days"]),
        "expires_at": _at(today, entry.get("expires")),
        "answered_at": _at(today, entry.get("answered")),
    }


def _at(today: date, days: int | None) -> datetime | None:
    return None if days is None else moment(today + timedelta(days=days), SENT_AT)
