"""The person beside a thread: what a colleague needs to know before answering."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.outlook import Outlook
from api.appointments.service import outlook_of
from api.beneficiaries.tables import Beneficiary
from api.desk.labels import STAGES
from api.pathways.delays import Contract, Term
from api.pathways.service import situation
from api.texts.formats import clock_time, day, full_date


@dataclass(frozen=True)
class Card:
    """Sentences are short ones, in French; None: not known, or nothing."""

    name: str
    birth_date: date
    phone: str | None
    """E.164."""
    stage: str | None
    next_appointment: str | None
    contract: str | None


async def card_of(session: AsyncSession, person: Beneficiary, now: datetime) -> Card:
    """Who this person is, and where they stand at `now`."""
    stands = await situation(session, person, now)
    return Card(
        name=f"{person.first_name} {person.last_name}",
        birth_date=person.birth_date,
        phone=person.phone,
        stage=STAGES[stands.state.stage],
        next_appointment=_appointment(await outlook_of(session, person.id, now)),
        contract=_contract(stands.contract) if stands.contract else None,
    )


def _appointment(visits: Outlook) -> str | None:
    if not (visits.stands and visits.visit):
        return None
    visit = visits.visit
    return f"{day(visit.starts_at)} à {clock_time(visit.starts_at)}, {visit.title}"


def _contract(held: Contract) -> str:
    return f"{'fini le' if held.term is Term.ended else 'jusqu’au'} {full_date(held.ends_on)}"
