"""The file of a card, as calendars read it (RFC 5545)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from api.appointments.calendar import written
from api.appointments.tables import Appointment, Status
from api.core.clock import PARIS

STARTS = datetime(2026, 12, 1, 9, 30, tzinfo=PARIS)
TOLD = datetime(2026, 11, 26, 8, tzinfo=UTC)
CARD = {
    "kind": "appointment",
    "id": "8f14e45f-ceea-467f-a9d2-3f0c8a1e9b2f",
    "title": "rendez-vous d'orientation RSA",
    "starts_at": STARTS.isoformat(),
    "ends_at": (STARTS + timedelta(minutes=45)).isoformat(),
    "place": "Espace RSA de Brest",
    "address": "12 rue des Ajoncs, 29200 Brest",
    "phone": "+33261910010",
}


def row(**given: Any) -> Appointment:
    made = {"starts_at": STARTS, "duration_minutes": 45, "status": Status.unknown, "address": CARD["address"]}
    return Appointment(**made | {"source_updated_at": TOLD} | given)


def event(file: bytes) -> Event:
    calendar = Calendar.from_ical(file)
    assert calendar["VERSION"] == "2.0"
    [found] = calendar.walk("VEVENT")
    assert not calendar.errors
    assert not found.errors
    assert isinstance(found, Event)
    return found


def test_it_says_when_and_at_which_address_and_nothing_of_why() -> None:
    file = written(CARD, row(), TOLD, TOLD)
    found = event(file)
    assert (found.start, found.end) == (STARTS, STARTS + timedelta(minutes=45))
    assert (found["SUMMARY"], found["LOCATION"]) == ("Rendez-vous", "12 rue des Ajoncs, 29200 Brest")
    assert (found["STATUS"], found["CLASS"]) == ("CONFIRMED", "PRIVATE")
    text = file.decode()
    for secret in (
        "RSA",
        "orientation",
        "Espace",
        "261910010",
        "DESCRIPTION",
        "ORGANIZER",
        "ATTENDEE",
        "VALARM",
        "URL",
    ):
        assert secret not in text


@pytest.mark.parametrize(
    ("place", "location"), [("Par téléphone", "Par téléphone"), ("Espace RSA de Brest", None), (None, None)]
)
def test_without_an_address_only_the_way_to_meet_is_told(place: str | None, location: str | None) -> None:
    away = {name: told for name, told in (CARD | {"place": place}).items() if name != "address"}
    assert event(written(away, None, TOLD, TOLD)).get("LOCATION") == location


def test_what_was_cancelled_since_takes_the_place_of_what_stood() -> None:
    stood = event(written(CARD, row(), TOLD, TOLD))
    off = row(status=Status.revoked, cancelled_at=TOLD + timedelta(hours=1))
    found = event(written(CARD, off, TOLD, TOLD + timedelta(hours=2)))
    assert (found["UID"], found["STATUS"]) == (stood["UID"], "CANCELLED")
    assert found.sequence > stood.sequence


def test_what_was_moved_since_takes_the_place_of_what_stood_at_its_new_hour() -> None:
    stood = event(written(CARD, row(), TOLD, TOLD))
    later = row(starts_at=STARTS + timedelta(days=2), source_updated_at=TOLD + timedelta(hours=1))
    found = event(written(CARD, later, TOLD, TOLD + timedelta(hours=2)))
    assert (found["UID"], found["STATUS"], found.start) == (stood["UID"], "CONFIRMED", STARTS + timedelta(days=2))
    assert found.sequence > stood.sequence


def test_an_old_card_read_by_somebody_unknown_undoes_no_later_change() -> None:
    """They get what the card said; whoever has had the change keeps it."""
    moved = row(starts_at=STARTS + timedelta(days=2), source_updated_at=TOLD + timedelta(hours=1))
    known = event(written(CARD, moved, TOLD, TOLD + timedelta(hours=2)))
    unknown = event(written(CARD, None, TOLD, TOLD + timedelta(hours=3)))
    assert unknown.start == STARTS
    assert unknown.sequence < known.sequence


@given(
    st.integers(0, 12 * 365 * 24 * 12).map(lambda fives: TOLD + timedelta(minutes=5 * fives)),
    st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=120).map(str.strip).filter(bool),
)
def test_any_hour_and_any_address_come_back_as_they_were(starts: datetime, address: str) -> None:
    file = written(CARD, row(starts_at=starts, address=address), TOLD, TOLD)
    found = event(file)
    assert (found.start, str(found["LOCATION"])) == (starts, address)
    lines = file.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
