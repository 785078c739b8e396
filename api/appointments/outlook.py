"""What a person must know first about their appointments: decided from times and statuses alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from api.appointments.tables import LocationType, Status
from api.core.clock import paris

LATER_AT_MOST = 3
"""An SMS holds no more, and nobody plans further from a chat."""
STATUS_LATE = timedelta(days=7)
"""Agents fill in what became of an appointment days after it (rdv-insertion: "Statut du RDV à préciser")."""


@dataclass(frozen=True)
class Visit:
    """One appointment as a person would tell it."""

    starts_at: datetime
    duration_minutes: int
    status: Status
    title: str
    location_type: LocationType
    phone: str
    """Of the organisation that receives."""
    place_name: str | None = None
    address: str | None = None
    directions: str | None = None
    call_from: str | None = None
    with_whom: str | None = None
    documents: tuple[str, ...] = ()
    id: UUID | None = None
    """None: of no row, as where texts are tried."""

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.duration_minutes)


@dataclass(frozen=True)
class Outlook:
    """The verdict (a name in `data/texts/`), the appointment that it is about, and what goes with it."""

    verdict: str
    visit: Visit | None = None
    cancelled: Visit | None = None
    """A cancelled one that would have come before `visit`: somebody may still be waiting for it."""
    later: tuple[Visit, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether there is an appointment to come to."""
        return self.verdict in (TODAY, NEXT)


TODAY, NEXT = "appointment_today", "appointment_next"
CANCELLED = {Status.revoked: "appointment_cancelled_by_service", Status.excused: "appointment_cancelled_by_you"}
NONE, STATUS_UNKNOWN = "appointment_none", "appointment_status_unknown"


def outlook(visits: Sequence[Visit], now: datetime) -> Outlook:
    """The verdict at `now` (aware) on someone's appointments, given in the order of time."""
    ahead = [visit for visit in visits if visit.ends_at >= now]
    valid = [visit for visit in ahead if visit.status is Status.unknown]
    cancelled = next((visit for visit in ahead if visit.status in CANCELLED), None)
    if valid:
        first, *others = valid
        before = cancelled if cancelled and cancelled.starts_at < first.starts_at else None
        return Outlook(TODAY if is_today(first, now) else NEXT, first, before, tuple(others[:LATER_AT_MOST]))
    if cancelled:
        return Outlook(CANCELLED[cancelled.status], cancelled)
    return _behind([visit for visit in visits if visit.ends_at < now], now)


def is_today(visit: Visit, now: datetime) -> bool:
    """Whether it starts on the present day in Brittany."""
    return paris(visit.starts_at).date() == paris(now).date()


def _behind(past: Sequence[Visit], now: datetime) -> Outlook:
    # An unknown status never means that the person was absent, so nothing but its lateness is told.
    undecided = [visit for visit in past if visit.status is Status.unknown and visit.ends_at >= now - STATUS_LATE]
    return Outlook(STATUS_UNKNOWN, undecided[-1]) if undecided else Outlook(NONE)
