"""Every look at a person's file by somebody who does not follow them."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Beneficiary
from api.caseworkers.accounts import Account
from api.core.clock import now
from api.desk.tables import Access

ONE_LOOK = timedelta(minutes=15)
"""A desk that has a thread open reads it at each message: that is one look at a file."""


async def note_access(
    session: AsyncSession, who: Account, what: str, person_id: UUID, escalation_id: UUID | None = None
) -> None:
    """Write down that `who` looked; nothing for the person's own caseworker. `what`: the route, as its template."""
    follows = select(Beneficiary.caseworker_id).where(Beneficiary.id == person_id)
    if await session.scalar(follows) == who.id:
        return
    looked = exists().where(
        Access.caseworker_id == who.id,
        Access.beneficiary_id == person_id,
        Access.escalation_id.is_not_distinct_from(escalation_id),
        Access.what == what,
        Access.created_at > now() - ONE_LOOK,
    )
    if not await session.scalar(select(looked)):
        session.add(Access(caseworker_id=who.id, beneficiary_id=person_id, escalation_id=escalation_id, what=what))
        await session.flush()
