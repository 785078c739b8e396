"""Rows of the invented people: households, who lives in them, what they may be told."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from api.beneficiaries.tables import Fund, HouseholdRole, Title
from api.core.folding import fold
from api.seed.appointments import moments
from api.seed.calendar import moment
from api.seed.files import Row, commune, e164
from api.seed.members import Member, members
from api.texts.formats import clock_time, day

DigestWord = Callable[[str], bytes]
"""How an agreed word is kept (`api.identity.service.digest_word` under the installation's key)."""


def households(today: date) -> list[Row]:
    """One row a case."""
    rows = {member.household_id: _household(member, today) for member in members()}
    return list(rows.values())


def beneficiaries(today: date, now: datetime, digest_word: DigestWord) -> list[Row]:
    """One row a person; notes name the days of this run."""
    return [_beneficiary(member, today, digest_word) | _note(member.person, today, now) for member in members()]


def _household(member: Member, today: date) -> Row:
    return {
        "id": member.household_id,
        "fund": Fund(member.household.get("fund", Fund.caf)),
        "case_number": member.household["case"],
        "last_contact_at": _last_contact(today),
    }


def _beneficiary(member: Member, today: date, digest_word: DigestWord) -> Row:
    person = member.person
    return {
        "id": member.id,
        "household_id": member.household_id,
        "role": HouseholdRole(person.get("role", HouseholdRole.demandeur)),
        "title": Title(person["title"]),
        "first_name": person["first"],
        "last_name": person["last"],
        "folded_first_name": fold(person["first"]),
        "folded_last_name": fold(person["last"]),
        "birth_date": person["born"],
        "phone": e164(person["phone"]) if person["phone"] else None,
        "email": person.get("email"),
        "commune_insee": commune(member.household["commune"]).insee,
        "authority_code": member.authority,
        "organisation_id": member.organisation_id,
        "caseworker_id": member.caseworker_id,
        "confidential": person.get("confidential", False),
        "agreed_word_digest": digest_word(person["word"]) if "word" in person else None,
        "last_contact_at": _last_contact(today),
    }


def _note(person: Row, today: date, now: datetime) -> Row:
    if "note" not in person:
        return {"demo_note": None}
    when = [f"{day(starts)} à {clock_time(starts)}" for starts in moments(person, today, now)]
    return {"demo_note": person["note"].format(when=when)}


def _last_contact(today: date) -> datetime:
    return moment(today - timedelta(days=1), "12:00")
