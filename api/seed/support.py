"""Rows of the invented services that help, in real communes."""

from datetime import date, timedelta

from api.seed import files
from api.seed.files import SOURCE, Row, commune, e164, identifier
from api.support.tables import Fee

CHECKED_WITHIN = 60
"""Days: the oldest date of update, as in a directory that is kept."""


def services(today: date) -> list[Row]:
    """One row a service and a commune."""
    return [_service(entry, place, today) for entry in files.services() for place in entry["places"]]


def _service(entry: Row, place: str, today: date) -> Row:
    town = commune(place)
    made = identifier("service", entry["name"], entry["structure"], town.insee)
    return {
        "id": made,
        "source": SOURCE,
        "source_id": str(made),
        "name": entry["name"],
        "structure": entry["structure"],
        "description": entry["description"],
        "type": entry["type"],
        "themes": entry["themes"],
        "audiences": entry.get("audiences", ["tous-publics"]),
        "access_conditions": entry.get("conditions"),
        "fee": Fee(entry["fee"]) if "fee" in entry else None,
        "reception": entry.get("reception", ["en-presentiel"]),
        "open_to": entry.get("open_to", ["usagers", "professionnels"]),
        "phone": e164(entry["phone"]),
        "address": None,
        "commune_insee": town.insee,
        "latitude": town.latitude,
        "longitude": town.longitude,
        "zone": entry.get("zone", []),
        "updated_on": today - timedelta(days=2 + len(entry["description"]) % CHECKED_WITHIN),
    }
