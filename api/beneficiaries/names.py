"""The names that must not reach Rasa or a log: those around this person, and anybody's first and last name together."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Beneficiary
from api.caseworkers.tables import Caseworker


async def names_around(session: AsyncSession, beneficiary_id: UUID | None, words: Sequence[str]) -> set[str]:
    """Names to mask in a text of these folded `words`, spoken by this person if we know them.

    A lone first name of a stranger stays: half of them are French words (Rose, Pierre, Claire).
    """
    household = select(Beneficiary.household_id).where(Beneficiary.id == beneficiary_id).scalar_subquery()
    both = Beneficiary.folded_last_name.in_(words) & Beneficiary.folded_first_name.in_(words)
    near: ColumnElement[bool] = Beneficiary.household_id == household
    people = select(Beneficiary.first_name, Beneficiary.last_name).where(or_(both, near) if beneficiary_id else both)
    followed_by = select(Beneficiary.caseworker_id).where(Beneficiary.id == beneficiary_id)
    caseworkers = select(Caseworker.first_name, Caseworker.last_name).where(Caseworker.id.in_(followed_by))
    rows = await session.execute(people.union_all(caseworkers) if beneficiary_id else people)
    return {name for row in rows for name in row}
