"""Which fields of a person's file an organisation sees: `data/reference/desk_fields.yml`, read in one place."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from api.authorities.tables import OrganisationKind
from api.core.documents import read_yaml

TABLE = Path(__file__).parents[2] / "data" / "reference" / "desk_fields.yml"


@lru_cache
def table() -> dict[str, Any]:
    """The table as written: `fields`, what each is; `sees`, for each kind of organisation, which of them and why."""
    loaded: dict[str, Any] = read_yaml(TABLE)
    return loaded


def visible(kind: OrganisationKind) -> frozenset[str]:
    """The fields that organisations of this kind see; none for a kind that the table does not name."""
    return frozenset(table()["sees"].get(str(kind), {})) & frozenset(table()["fields"])
