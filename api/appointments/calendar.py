"""An appointment as a file for any calendar (RFC 5545).

A telephone is lent and a calendar is shared: the file says when and at which address, and nothing of why, with whom or
by which service. It has no alarm: each telephone has its owner's choice.
"""

from datetime import UTC, datetime

from icalendar import Calendar, Event
from icalendar.enums import CLASS, STATUS

from api.appointments.cards import ELSEWHERE, Card
from api.appointments.standing import State, state
from api.appointments.tables import Appointment

TITLE = "Rendez-vous"
MAKER = "-//Hent//Rendez-vous//FR"
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
"""Revisions are the seconds since then: a calendar keeps the latest that it was given of one appointment."""


def written(card: Card, row: Appointment | None, told_at: datetime, now: datetime) -> bytes:
    """The file of a card. `row`: its appointment as it is now, None where it may not be looked at; `told_at`: when the
    card was made.

    In UTC, which each calendar shows by its own clock: no table of summer times to carry along.
    """
    starts_at, ends_at = (row.starts_at, row.ends_at) if row else _told(card)
    off = state(card, row, now) is State.cancelled
    event = Event.new(
        uid=card["id"],
        summary=TITLE,
        start=starts_at.astimezone(UTC),
        end=ends_at.astimezone(UTC),
        location=_location(card, row),
        status=STATUS.CANCELLED if off else STATUS.CONFIRMED,
        classification=CLASS.PRIVATE,
        sequence=_revision(row, told_at),
        stamp=now.astimezone(UTC),
    )
    made: bytes = Calendar.new(prodid=MAKER, uid=card["id"], subcomponents=[event]).to_ical()
    return made


def _told(card: Card) -> tuple[datetime, datetime]:
    return datetime.fromisoformat(card["starts_at"]), datetime.fromisoformat(card["ends_at"])


def _location(card: Card, row: Appointment | None) -> str | None:
    """Not the name of a place, which is often that of a service."""
    if "address" in card:
        return row.address if row else card["address"]
    place = card.get("place")
    return place if place in ELSEWHERE.values() else None


def _revision(row: Appointment | None, told_at: datetime) -> int:
    changed = [row.source_updated_at, *filter(None, [row.cancelled_at])] if row else [told_at]
    return max(0, int((max(changed) - BEGINNING).total_seconds()))
