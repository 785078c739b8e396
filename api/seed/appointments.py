"""Rows of the invented appointments: every status, every way to meet, days counted from today."""

from datetime import date, datetime, timedelta
from uuid import UUID

from api.appointments.tables import LocationType, Status
from api.seed import files
from api.seed.authorities import caseworker_id, organisation_id
from api.seed.calendar import moment, open_day
from api.seed.files import SOURCE, Row, identifier

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


def moments(person: Row, today: date) -> list[datetime]:
    """When this person's appointments start, in the order of the file."""
    return [moment(open_day(today, entry["days"]), entry["at"]) for entry in person["appointments"]]


def of_person(person: Row, household: Row, owner: UUID, today: date) -> list[Row]:
    """Rows of one person's appointments, at the team that follows the household."""
    entries = enumerate(zip(person["appointments"], moments(person, today), strict=True))
    team = household["team"]
    shared = {
        "beneficiary_id": owner,
        "organisation_id": organisation_id(team),
        "caseworker_id": caseworker_id(household["with"]) if "with" in household else None,
    }
    return [
        shared | _what(entry) | _meeting(entry, team) | _when(entry, starts, today) | _named(owner, nth)
        for nth, (entry, starts) in entries
    ]


def _named(owner: UUID, ordinal: int) -> Row:
    made = identifier("appointment", owner, ordinal)
    return {"id": made, "source": SOURCE, "source_id": str(made)}


def _what(entry: Row) -> Row:
    category, title = MOTIFS[entry["kind"]]
    return {
        "category": category,
        "title": title,
        "documents": entry.get("bring", []),
        "collective": entry.get("collective", False),
        "duration_minutes": entry.get("minutes", 45),
    }


def _when(entry: Row, starts: datetime, today: date) -> Row:
    status = Status(entry.get("status", Status.unknown))
    said = min(starts - timedelta(days=1), moment(today - timedelta(days=1), "09:00"))
    return {
        "starts_at": starts,
        "status": status,
        "cancelled_at": said if status in CANCELLED else None,
        "source_updated_at": said,
    }


def _meeting(entry: Row, team_name: str) -> Row:
    by = LocationType(entry.get("by", LocationType.public_office))
    team = files.team(team_name)
    office = by is LocationType.public_office
    return {
        "location_type": by,
        "place_name": team["name"] if office else None,
        "address": team["address"] if office else None,
        "directions": team["directions"] if office else None,
        "call_from": files.e164(team["phone"]) if by is LocationType.phone else None,
    }
