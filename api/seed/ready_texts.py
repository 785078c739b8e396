"""Rows of the texts that each collectivité offers to whoever answers."""

from api.seed import files
from api.seed.files import Row, identifier


def ready_texts() -> list[Row]:
    """The same for all seven, each with its own copy to change."""
    return [
        {
            "id": identifier("ready text", authority["code"], entry["title"]),
            "authority_code": authority["code"],
            "organisation_id": None,
            "caseworker_id": None,
            "title": entry["title"],
            "text": entry["text"],
        }
        for authority in files.authorities()
        for entry in files.ready_texts()
    ]
