"""The person beside a thread: what a colleague needs to know before answering, and may know."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import load_only

from api.appointments.outlook import Outlook
from api.appointments.service import outlook_of
from api.authorities.communes import communes
from api.authorities.tables import Organisation
from api.beneficiaries.tables import Beneficiary
from api.desk.fields import visible
from api.desk.labels import STAGES
from api.pathways.delays import Contract, Term
from api.pathways.service import situation
from api.texts.formats import clock_time, day, full_date

ALWAYS = (
    Beneficiary.id,
    Beneficiary.first_name,
    Beneficiary.last_name,
    Beneficiary.authority_code,
    Beneficiary.caseworker_id,
)
"""Columns that are read whoever looks: the name of whoever asked, and what leads to the rest."""
COLUMNS = {
    "birth_date": Beneficiary.birth_date,
    "phone": Beneficiary.phone,
    "commune": Beneficiary.commune_insee,
    "confidential": Beneficiary.confidential,
}


@dataclass(frozen=True)
class Card:
    """Sentences are short ones, in French; None: not known, nothing, or not for this organisation."""

    name: str
    birth_date: date | None
    phone: str | None
    """E.164."""
    commune: str | None
    stage: str | None
    next_appointment: str | None
    contract: str | None
    confidential: bool | None


async def fields_of(session: AsyncSession, organisation_id: UUID) -> frozenset[str]:
    """The fields of a person's file that this organisation sees."""
    return visible((await session.get_one(Organisation, organisation_id)).kind)


async def person_of(session: AsyncSession, person_id: UUID, fields: frozenset[str]) -> Beneficiary:
    """The person's row with these fields only: any other that is asked of it raises an error."""
    columns = [*ALWAYS, *(column for name, column in COLUMNS.items() if name in fields)]
    mine = select(Beneficiary).where(Beneficiary.id == person_id)
    return (await session.scalars(mine.options(load_only(*columns, raiseload=True)))).one()


async def card_of(session: AsyncSession, person_id: UUID, fields: frozenset[str], now: datetime) -> Card:
    """Who this person is, and where they stand at `now`; what is not among `fields` is not asked for."""
    person = await person_of(session, person_id, fields)
    stands = await situation(session, person, now) if fields & {"stage", "contract"} else None
    visits = await outlook_of(session, person_id, now) if "appointments" in fields else None
    return Card(
        name=f"{person.first_name} {person.last_name}",
        birth_date=person.birth_date if "birth_date" in fields else None,
        phone=person.phone if "phone" in fields else None,
        commune=commune_name(person.commune_insee) if "commune" in fields else None,
        stage=STAGES[stands.state.stage] if stands and "stage" in fields else None,
        next_appointment=_appointment(visits) if visits else None,
        contract=_contract(stands.contract) if stands and stands.contract and "contract" in fields else None,
        confidential=person.confidential if "confidential" in fields else None,
    )


def commune_name(insee: str | None) -> str | None:
    """Of a commune of Brittany; None for any other."""
    found = communes().get(insee) if insee else None
    return found.name if found else None


def _appointment(visits: Outlook) -> str | None:
    if not (visits.stands and visits.visit):
        return None
    visit = visits.visit
    return f"{day(visit.starts_at)} à {clock_time(visit.starts_at)}, {visit.title}"


def _contract(held: Contract) -> str:
    return f"{'fini le' if held.term is Term.ended else 'jusqu’au'} {full_date(held.ends_on)}"
