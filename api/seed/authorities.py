"""Rows of the seven collectivités, their organisations and their professionals."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from uuid import UUID

from argon2 import PasswordHasher

from api.authorities.tables import AuthorityKind, OrganisationKind
from api.caseworkers.tables import Role
from api.core.folding import fold
from api.seed import files
from api.seed.files import Row, commune, e164, identifier

PASSWORD = "demonstration"
"""Of every account: said when a demonstration starts, and refused to whoever chooses one."""
# One digest for all, at the least cost and with one salt: there is nothing to guess, and the rows stay the same.
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
SALT = b"demonstration"


def authorities(sites: Sequence[str] = ()) -> list[Row]:
    """The seven collectivités; `sites`: origins of the invented site that shows their chats."""
    return [
        {
            "code": entry["code"],
            "name": entry["name"],
            "kind": AuthorityKind(entry["kind"]),
            "departement": entry.get("departement"),
            "phone": e164(entry["phone"]),
            "address": entry["address"],
            "hours": entry["hours"],
            "answer_days": entry["answer_days"],
            "sms_price": entry.get("sms_price"),
            "sites": list(sites),
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
            "hours": team.get("hours"),
        }
        for authority in files.authorities()
        for team in authority["organisations"]
    ]


def caseworkers(today: date) -> list[Row]:
    """The professionals, whoever stands in for another first; their e-mail addresses lead nowhere (RFC 2606)."""
    rows = [
        {
            "id": caseworker_id(full_name(worker)),
            "organisation_id": organisation_id(team["name"]),
            "first_name": worker["first"],
            "last_name": worker["last"],
            "email": f"{_letters(worker['first'])}.{_letters(worker['last'])}@example.org",
            "phone": e164(worker["phone"]),
            "role": Role(worker.get("role", Role.caseworker)),
            "active": True,
            "hours": worker.get("hours"),
            **absence(worker, today),
        }
        for team, worker in staff()
    ]
    return sorted(rows, key=lambda row: row["stand_in_id"] is not None)


def accounts() -> list[Row]:
    """What each of them signs in with: the same password, and no second factor."""
    digest = CHEAP.hash(PASSWORD, salt=SALT)
    asked = {"password_digest": digest, "totp_sealed": None, "totp_step": None, "failures": 0, "locked_until": None}
    return [{"caseworker_id": caseworker_id(full_name(worker))} | asked for _, worker in staff()]


def absence(worker: Row, today: date) -> Row:
    """The columns that say when a professional of the files is away, and who stands in."""
    absent = worker.get("absent", {})
    return {
        "absent_from": today + timedelta(days=absent["from"]) if absent else None,
        "absent_until": today + timedelta(days=absent["until"]) if "until" in absent else None,
        "stand_in_id": caseworker_id(absent["stand_in"]) if "stand_in" in absent else None,
    }


def organisation_id(name: str) -> UUID:
    """The id of the organisation of this name."""
    return identifier("organisation", name)


def caseworker_id(name: str) -> UUID:
    """The id of the professional of this first and last name."""
    return identifier("caseworker", name)


def full_name(worker: Row) -> str:
    """How the files name a professional."""
    return f"{worker['first']} {worker['last']}"


def staff() -> Iterator[tuple[Row, Row]]:
    """Everybody who has an account, after their team."""
    yield from workers()
    for authority in files.authorities():
        for team in authority["organisations"]:
            yield from ((team, other) for other in team.get("others", []))


def workers() -> Iterator[tuple[Row, Row]]:
    """Every professional who follows people, after their team."""
    for authority in files.authorities():
        for team in authority["organisations"]:
            for worker in team["caseworkers"]:
                yield team, worker


def _letters(name: str) -> str:
    return fold(name).replace(" ", "-")
