"""Filling a database as `hent seed` does, on a day of our own."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Beneficiary
from api.seed import seed

DAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)


async def plant(session: AsyncSession, days_later: int = 0) -> None:
    """Fill it at noon on DAY, or so many days later."""
    later = timedelta(days=days_later)
    await seed(session, today=DAY + later, now=NOON + later, digest_word=lambda word: f"digest of {word}".encode())


async def noted(session: AsyncSession, first_name: str) -> Beneficiary:
    """The person of this first name whom the page of the demonstration lists."""
    theirs = select(Beneficiary).where(Beneficiary.first_name == first_name, Beneficiary.demo_note.is_not(None))
    return (await session.scalars(theirs)).one()
