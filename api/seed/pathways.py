"""The invented people's journals: what their files tell, and what their appointments imply."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from api.appointments.tables import Status
from api.core.clock import paris
from api.pathways.tables import FactKind
from api.seed import files
from api.seed.appointments import moments
from api.seed.authorities import caseworker_id, organisation_id
from api.seed.calendar import moment, open_day
from api.seed.files import SOURCE, Row, identifier
from api.seed.members import Member, members

OFFERED_BEFORE = 14
"""Days between the offer of an appointment and the appointment."""


def facts(today: date, now: datetime) -> list[Row]:
    """One row a fact."""
    return [row for member in members() for row in of_member(member, today, now)]


def of_member(member: Member, today: date, now: datetime) -> list[Row]:
    """One person's journal: facts of their file, in its order, then those of their appointments."""
    written = enumerate(member.person.get("pathway", []))
    return [*(_written(member, nth, entry, today) for nth, entry in written), *_implied(member, today, now)]


def _written(member: Member, ordinal: int, entry: Row, today: date) -> Row:
    kind, on = FactKind(entry["kind"]), today + timedelta(days=entry["days"])
    fact = _fact(member, _fact_id(member, ordinal), kind, on, min(on + timedelta(days=entry.get("late", 1)), today))
    return fact | {
        "detail": _detail(entry, member, today),
        "replaces_id": _fact_id(member, entry["replaces"]) if "replaces" in entry else None,
        "withdrawn": entry.get("withdrawn", False),
    }


def _implied(member: Member, today: date, now: datetime) -> Iterator[Row]:
    """Each appointment was offered some days before, and held if the person was seen."""
    dated = zip(member.person["appointments"], moments(member.person, today, now), strict=True)
    for nth, (entry, starts) in enumerate(dated):
        happened = {FactKind.appointment_offered: open_day(today, min(entry["days"] - OFFERED_BEFORE, -1))}
        if entry.get("status") == Status.seen:
            happened[FactKind.appointment_held] = paris(starts).date()
        for kind, on in happened.items():
            yield _fact(member, _fact_id(member, kind, nth), kind, on, on + timedelta(days=1))


def _fact(member: Member, made: UUID, kind: FactKind, on: date, known_on: date) -> Row:
    return {
        "id": made,
        "beneficiary_id": member.id,
        "kind": kind,
        "happened_on": on,
        "known_at": moment(known_on, "00:00"),
        "source": SOURCE,
        "source_id": str(made),
        "replaces_id": None,
        "withdrawn": False,
        "detail": {},
    }


def _detail(entry: Row, member: Member, today: date) -> Row:
    """What `api.pathways.tables.FactKind` says of each kind, as JSON."""
    known = member.household | entry
    match FactKind(entry["kind"]):
        case FactKind.oriented:
            return {"path": entry["path"], "organisation": str(organisation_id(known["team"]))}
        case FactKind.assigned:
            return {"caseworker": str(caseworker_id(known["with"]))}
        case FactKind.contract_signed:
            return {"ends_on": _day(today, entry["ends"])}
        case FactKind.step_planned:
            due = _day(today, entry["due"]) if "due" in entry else None
            return {"step": entry["step"], "title": files.steps()[entry["step"]], "due_on": due}
        case FactKind.step_done:
            return {"step": entry["step"]}
        case FactKind.moved:
            return {"authority": member.authority}
    return {}


def _day(today: date, days: int) -> str:
    return (today + timedelta(days=days)).isoformat()


def _fact_id(member: Member, *which: object) -> UUID:
    return identifier("fact", member.id, *which)
