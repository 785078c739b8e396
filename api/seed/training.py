"""Rows of the invented training offers, in real communes."""

from datetime import date, timedelta

from api.core.normaliser import normalise
from api.seed import files
from api.seed.calendar import open_day
from api.seed.files import SOURCE, Row, commune, e164, identifier
from api.training.tables import Entry, Recruitment, Teaching
from api.training.trades import trades

FRIDAY_AFTER = timedelta(days=3)
"""A course of whole weeks ends on a Friday: three days before the Monday that would begin one more."""


def trainings() -> list[Row]:
    """One row a course."""
    return [
        {
            "id": identifier("training", entry["title"]),
            "source": SOURCE,
            "source_id": str(identifier("training", entry["title"])),
            "title": entry["title"],
            "objective": entry["objective"],
            "provider": entry["provider"],
            "trades": entry["trades"],
            "certifying": entry["certifying"],
            "entry_level": entry.get("level"),
            "search_text": _search_text(entry),
        }
        for entry in files.trainings()
    ]


def sessions(today: date) -> list[Row]:
    """One row a date or a permanent entry, in one commune."""
    return [
        _session(training, given, ordinal, today)
        for training in files.trainings()
        for ordinal, given in enumerate(training["sessions"])
    ]


def _session(training: Row, given: Row, ordinal: int, today: date) -> Row:
    place = commune(given["place"])
    cost = given.get("cost", training.get("cost"))
    return _dates(given, today) | {
        "id": identifier("session", training["title"], place.insee, ordinal),
        "training_id": identifier("training", training["title"]),
        "commune_insee": place.insee,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "recruitment": Recruitment(given.get("recruitment", Recruitment.open)),
        "hours": training["hours"],
        "teaching": Teaching(given.get("teaching", Teaching.onsite)),
        "pace": given.get("pace", training["pace"]),
        "conditions": training.get("conditions"),
        "remaining_cost_cents": None if cost is None else cost * 100,
        "phone": e164(files.providers()[training["provider"]]),
        "updated_on": today - timedelta(days=1 + len(training["title"]) % 12),
    }


def _dates(given: Row, today: date) -> Row:
    if given.get("permanent"):
        return {"entry": Entry.permanent, "starts_on": None, "ends_on": None}
    starts = open_day(today, given["starts"])
    ends = starts + timedelta(weeks=given["weeks"]) - FRIDAY_AFTER
    return {"entry": Entry.fixed, "starts_on": starts, "ends_on": ends}


def _search_text(entry: Row) -> str:
    names = (name for code in entry["trades"] for name in trades()[code].names)
    return normalise(" ".join([entry["title"], entry["objective"], entry["provider"], *names]))
