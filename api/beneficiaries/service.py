"""Who a telephone number belongs to."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Beneficiary


async def owner_of_number(session: AsyncSession, phone: str) -> Beneficiary | None:
    """The one person of this number (E.164); None when it is unknown, shared, or that of a confidential file.

    A shared number is nobody's, even when only one of those who share it is confidential: which of them holds the
    telephone is not known.
    """
    sharing = (await session.scalars(select(Beneficiary).where(Beneficiary.phone == phone).limit(2))).all()
    alone = sharing[0] if len(sharing) == 1 else None
    return alone if alone and not alone.confidential else None
