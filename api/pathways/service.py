"""Where a person stands today, and what their authority owes them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.outlook import Outlook
from api.authorities.tables import Authority
from api.beneficiaries.tables import Beneficiary
from api.core.clock import paris
from api.knowledge import facts
from api.pathways.delays import Contract, Limits, Term, Wait, contract, wait
from api.pathways.journal import facts_of, journals_of
from api.pathways.state import Stage, State, derive


@dataclass(frozen=True)
class Situation:
    """Where somebody stands on a day."""

    state: State
    wait: Wait | None = None
    contract: Contract | None = None
    authority: str | None = None
    """Name of the authority that follows them; None when they moved to one that is not of the partnership."""

    def needs_appointment(self, visits: Outlook) -> bool:
        """Whether the authority is late and nothing is planned: somebody must be asked for an appointment."""
        return bool(self.wait and self.wait.overdue and not visits.stands)


FIRST = ("rsa_orientation",)
SIGNING = ("rsa_cer_signature", "rsa_accompagnement")
FOLLOWING = ("rsa_follow_up", "rsa_accompagnement")
CATEGORIES: dict[Stage, tuple[str, ...]] = {
    Stage.unknown: (*FIRST, *SIGNING, "rsa_follow_up"),
    Stage.waiting: FIRST,
    Stage.moved: FIRST,
    Stage.oriented: SIGNING,
    Stage.to_sign: SIGNING,
    Stage.contract: FOLLOWING,
    Stage.ended: (*SIGNING, "rsa_follow_up"),
    Stage.closed: (),
}
"""The appointments that a stage calls for: rdv-insertion's motif categories."""


async def situation(session: AsyncSession, person: Beneficiary, now: datetime) -> Situation:
    """Where this person stands at `now`; the day is the one in Brittany."""
    return (await situations(session, [person], now))[person.id]


async def situations(session: AsyncSession, people: Sequence[Beneficiary], now: datetime) -> dict[UUID, Situation]:
    """The same of many people, by id."""
    journals = await journals_of(session, [person.id for person in people])
    authorities = {row.code: row for row in await session.scalars(select(Authority))}
    today = paris(now).date()
    return {person.id: _situation(person, derive(journals[person.id]), authorities, today) for person in people}


def _situation(person: Beneficiary, state: State, authorities: Mapping[str, Authority], today: date) -> Situation:
    authority = authorities[person.authority_code]
    current = authorities.get(state.authority) if state.authority else authority
    return Situation(
        state=state,
        wait=wait(state, today, limits_in(authority.departement)),
        contract=contract(state, today),
        authority=current.name if current else None,
    )


async def categories_of(session: AsyncSession, beneficiary_id: UUID, now: datetime) -> tuple[str, ...]:
    """The kinds of appointment that a person may take at `now`; none once their pathway is closed."""
    state = derive(await facts_of(session, beneficiary_id))
    held = contract(state, paris(now).date())
    # A contract that ends within a month, or has ended, is signed anew.
    return CATEGORIES[Stage.ended if held and held.term is not Term.running else state.stage]


def limits_in(departement: str | None) -> Limits:
    """The delays in a département ("29")."""
    known = facts.values(facts.facts(), departement)
    return Limits(known["orientation_weeks"], known["contract_sign_months"])
