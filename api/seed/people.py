"""Rows of the invented people: households, who lives in them, what they may be told."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from api.beneficiaries.tables import Fund, HouseholdRole, Title
from api.core.folding import fold
from api.seed import files
from api.seed.appointments import moments, of_person
from api.seed.authorities import caseworker_id, organisation_id
from api.seed.calendar import moment
from api.seed.files import Row, commune, e164, identifier
from api.texts.formats import clock_time, day

DigestWord = Callable[[str], bytes]
"""How an agreed word is kept (`api.identity.service.digest_word` under the installation's key)."""


@dataclass(frozen=True)
class Member:
    """One person of a file, with their household and the authority that follows them."""

    authority: str
    household: Row
    person: Row

    @property
    def id(self) -> UUID:
        """The same as long as the person's household, name and birth date are."""
        who = (self.person["first"], self.person["last"], self.person["born"])
        return identifier("person", self.household["case"], *who)


def members() -> Iterator[Member]:
    """Everybody, authority after authority."""
    for authority, households in files.people().items():
        for household in households:
            for person in household["members"]:
                yield Member(authority, household, person)


def households(today: date) -> list[Row]:
    """One row a case."""
    return [
        {
            "id": _household_id(household),
            "fund": Fund(household.get("fund", Fund.caf)),
            "case_number": household["case"],
            "last_contact_at": _last_contact(today),
        }
        for of_authority in files.people().values()
        for household in of_authority
    ]


def beneficiaries(today: date, digest_word: DigestWord) -> list[Row]:
    """One row a person; notes name the days of this run."""
    return [_beneficiary(member, today, digest_word) for member in members()]


def appointments(today: date) -> list[Row]:
    """One row an appointment."""
    return [row for member in members() for row in of_person(member.person, member.household, member.id, today)]


def _beneficiary(member: Member, today: date, digest_word: DigestWord) -> Row:
    household, person = member.household, member.person
    return {
        "id": member.id,
        "household_id": _household_id(household),
        "role": HouseholdRole(person.get("role", HouseholdRole.demandeur)),
        "title": Title(person["title"]),
        "first_name": person["first"],
        "last_name": person["last"],
        "folded_first_name": fold(person["first"]),
        "folded_last_name": fold(person["last"]),
        "birth_date": person["born"],
        "phone": e164(person["phone"]) if person["phone"] else None,
        "email": person.get("email"),
        "commune_insee": commune(household["commune"]).insee,
        "authority_code": member.authority,
        "organisation_id": organisation_id(household["team"]),
        "caseworker_id": caseworker_id(household["with"]) if "with" in household else None,
        "confidential": person.get("confidential", False),
        "agreed_word_digest": digest_word(person["word"]) if "word" in person else None,
        "demo_note": _note(person, today),
        "last_contact_at": _last_contact(today),
    }


def _note(person: Row, today: date) -> str | None:
    note: str | None = person.get("note")
    when = [f"{day(starts)} à {clock_time(starts)}" for starts in moments(person, today)]
    return note.format(when=when) if note else None


def _household_id(household: Row) -> UUID:
    return identifier("household", household["case"])


def _last_contact(today: date) -> datetime:
    return moment(today - timedelta(days=1), "12:00")
