"""Rows of the seven collectivités, their organisations and their professionals."""

from collections.abc import Iterator
from uuid import UUID

from api.authorities.tables import AuthorityKind, OrganisationKind
from api.caseworkers.tables import Role
from api.core.folding import fold
from api.seed import files
from api.seed.files import Row, commune, e164, identifier


def authorities() -> list[Row]:
    """The seven collectivités."""
    return [
        {
            "code": entry["code"],
            "name": entry["name"],
            "kind": AuthorityKind(entry["kind"]),
            "departement": entry.get("departement"),
            "phone": e164(entry["phone"]),
            "address": entry["address"],
            "hours": entry["hours"],
        }
        for entry in files.authorities()
    ]


def organisations() -> list[Row]:
    """The teams that receive people."""
    return [
        {
            "id": organisation_id(team["name"]),
            "authority_code": authority["code"],
            "name": team["name"],
            "kind": OrganisationKind(team["kind"]),
            "phone": e164(team["phone"]),
            "address": team["address"],
            "commune_insee": commune(team["commune"]).insee,
            "directions": team["directions"],
        }
        for authority in files.authorities()
        for team in authority["organisations"]
    ]


def caseworkers() -> list[Row]:
    """The professionals; their e-mail addresses lead nowhere (RFC 2606, example.org)."""
    return [
        {
            "id": caseworker_id(f"{worker['first']} {worker['last']}"),
            "organisation_id": organisation_id(team["name"]),
            "first_name": worker["first"],
            "last_name": worker["last"],
            "email": f"{_letters(worker['first'])}.{_letters(worker['last'])}@example.org",
            "phone": e164(worker["phone"]),
            "role": Role(worker.get("role", Role.caseworker)),
            "active": True,
        }
        for team, worker in _workers()
    ]


def organisation_id(name: str) -> UUID:
    """The id of the organisation of this name."""
    return identifier("organisation", name)


def caseworker_id(full_name: str) -> UUID:
    """The id of the professional of this first and last name."""
    return identifier("caseworker", full_name)


def _workers() -> Iterator[tuple[Row, Row]]:
    for authority in files.authorities():
        for team in authority["organisations"]:
            for worker in team["caseworkers"]:
                yield team, worker


def _letters(name: str) -> str:
    return fold(name).replace(" ", "-")
