"""Rows of the invented appointments: every status, every way to meet, days counted from today."""

from datetime import date, datetime, timedelta

from api.appointments.tables import LocationType, Status
from api.seed import files
from api.seed.authorities import caseworker_id, organisation_id
from api.seed.calendar import moment, open_day, soon
from api.seed.files import SOURCE, Row, identifier
from api.seed.members import Member, members

MOTIFS = {
    "orientation": ("rsa_orientation", "rendez-vous d'orientation"),
    "accompagnement": ("rsa_accompagnement", "rendez-vous d'accompagnement"),
    "contrat": ("rsa_cer_signature", "rendez-vous de signature de contrat"),
    "suivi": ("rsa_follow_up", "rendez-vous de suivi"),
    "atelier": ("rsa_atelier_competences", "atelier collectif"),
    "entretien": ("siae_interview", "entretien"),
}
"""Kind in our files to rdv-insertion's motif category and title (`db/seeds.rb`)."""
CANCELLED = (Status.excused, Status.revoked)
SOON = "soon"
"""Written in the place of a clock: three hours after the database is filled."""


def appointments(today: date, now: datetime) -> list[Row]:
    """One row an appointment."""
    return [row for member in members() for row in of_member(member, today, now)]


def moments(person: Row, today: date, now: datetime) -> list[datetime]:
    """When this person's appointments start, in the order of the file."""
    return [
        soon(now) if entry["at"] == SOON else moment(open_day(today, entry["days"]), entry["at"])
        for entry in person["appointments"]
    ]


def of_member(member: Member, today: date, now: datetime) -> list[Row]:
    """Rows of one person's appointments."""
    entries = enumerate(zip(member.person["appointments"], moments(member.person, today, now), strict=True))
    return [
        _named(member, nth) | _what(entry) | _who(entry, member) | _when(entry, starts, today)
        for nth, (entry, starts) in entries
    ]


def meeting(by: LocationType, team: Row) -> Row:
    """Where somebody meets this team in this way, as appointments and free hours keep it."""
    office = by is LocationType.public_office
    return {
        "location_type": by,
        "place_name": team["name"] if office else None,
        "address": team["address"] if office else None,
        "directions": team["directions"] if office else None,
        "call_from": files.e164(team["phone"]) if by is LocationType.phone else None,
    }


def _named(member: Member, ordinal: int) -> Row:
    made = identifier("appointment", member.id, ordinal)
    return {"id": made, "source": SOURCE, "source_id": str(made), "beneficiary_id": member.id}


def _what(entry: Row) -> Row:
    category, title = MOTIFS[entry["kind"]]
    return {
        "category": category,
        "title": title,
        "documents": entry.get("bring", []),
        "collective": entry.get("collective", False),
        "changeable": entry.get("changeable", True),
        "duration_minutes": entry.get("minutes", 45),
    }


def _who(entry: Row, member: Member) -> Row:
    """Whoever follows the household, unless the file says that it was somebody else then."""
    known = member.household | entry
    team, worker = known["team"], known.get("with")
    by = LocationType(entry.get("by", LocationType.public_office))
    who = {"organisation_id": organisation_id(team), "caseworker_id": caseworker_id(worker) if worker else None}
    return who | meeting(by, files.team(team))


def _when(entry: Row, starts: datetime, today: date) -> Row:
    status = Status(entry.get("status", Status.unknown))
    said = min(starts - timedelta(days=1), moment(today - timedelta(days=1), "09:00"))
    return {
        "starts_at": starts,
        "status": status,
        "cancelled_at": said if status in CANCELLED else None,
        "source_updated_at": said,
        # What somebody said of it since the last filling is forgotten.
        "confirmed_at": None,
        "excuse": None,
    }
