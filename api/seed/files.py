"""The demonstration's data as its files write it, and the identifiers that never change."""

from functools import cache
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import phonenumbers

from api.authorities.communes import Commune, named
from api.core.documents import read_yaml
from api.core.folding import fold

FOLDER = Path(__file__).parents[2] / "data" / "seed"
NAMESPACE = uuid5(NAMESPACE_URL, "https://example.org/hent/demonstration")
SOURCE = "demonstration"
"""What `source` columns say of invented rows."""

Row = dict[str, Any]


@cache
def authorities() -> list[Row]:
    """`data/seed/authorities.yml`: collectivités, their organisations, their professionals."""
    found: list[Row] = _read(FOLDER / "authorities.yml")
    return found


def team(name: str) -> Row:
    """The organisation of this name, as its file writes it. Raises LookupError."""
    if name not in _teams():
        raise LookupError(f"{name} n'est pas une équipe de la démonstration")
    return _teams()[name]


@cache
def _teams() -> dict[str, Row]:
    return {entry["name"]: entry for authority in authorities() for entry in authority["organisations"]}


@cache
def people() -> dict[str, list[Row]]:
    """Households by authority code, one file each: `data/seed/people/<code>.yml`."""
    return {file.stem: _read(file) for file in sorted((FOLDER / "people").glob("*.yml"))}


@cache
def names() -> dict[str, list[str]]:
    """First names by title, and last names: `data/seed/names.yml`."""
    found: dict[str, list[str]] = _read(FOLDER / "names.yml")
    return found


@cache
def steps() -> dict[str, str]:
    """What a step is called, by the word that names it: `data/seed/steps.yml`."""
    found: dict[str, str] = _read(FOLDER / "steps.yml")
    return found


@cache
def trainings() -> list[Row]:
    """Courses and their sessions, one file a field: `data/seed/trainings/<field>.yml`."""
    return [entry for file in sorted((FOLDER / "trainings").glob("*.yml")) for entry in _read(file)]


@cache
def services() -> list[Row]:
    """Services that help, and the communes where they are, one file a subject: `data/seed/services/<subject>.yml`."""
    return [entry for file in sorted((FOLDER / "services").glob("*.yml")) for entry in _read(file)]


@cache
def ready_texts() -> list[Row]:
    """What whoever answers may begin with: `data/seed/ready_texts.yml`."""
    found: list[Row] = _read(FOLDER / "ready_texts.yml")
    return found


@cache
def site() -> Row:
    """What the invented département's page shows: its news, and what to try: `data/seed/site.yml`."""
    found: Row = _read(FOLDER / "site.yml")
    return found


@cache
def providers() -> dict[str, str]:
    """Telephone number by training provider: `data/seed/providers.yml`."""
    found: dict[str, str] = _read(FOLDER / "providers.yml")
    return found


def identifier(kind: str, *names: object) -> UUID:
    """The same id for the same names, on every machine and every day."""
    return uuid5(NAMESPACE, "/".join([kind, *map(str, names)]))


@cache
def e164(number: str) -> str:
    """ "02 61 91 00 00" as the database keeps it: "+33261910000"."""
    return phonenumbers.format_number(phonenumbers.parse(number, "FR"), phonenumbers.PhoneNumberFormat.E164)


def commune(name: str) -> Commune:
    """The commune that a file names, the most populous of its homonyms. Raises LookupError."""
    found = named(fold(name))
    if not found:
        raise LookupError(f"{name} n'est pas une commune de Bretagne")
    return found[0]


def _read(file: Path) -> Any:
    return read_yaml(file)
