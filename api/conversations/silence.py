"""Numbers to which nothing that we start goes, unless they write first."""

from sqlalchemy import delete, exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.sms_tables import Silence, SilentNumber


async def silence(session: AsyncSession, phone: str, why: Silence) -> None:
    """From now on it is left alone; E.164. The first reason stays."""
    row = insert(SilentNumber).values(phone=phone, why=why)
    await session.execute(row.on_conflict_do_nothing(index_elements=["phone"]))


async def is_silent(session: AsyncSession, phone: str) -> bool:
    """Whether it is to be left alone."""
    return bool(await session.scalar(select(exists().where(SilentNumber.phone == phone))))


async def heard_from(session: AsyncSession, phone: str) -> None:
    """It wrote to us: it is not dead after all. A STOP stands until it is taken back."""
    await session.execute(delete(SilentNumber).where(SilentNumber.phone == phone, SilentNumber.why == Silence.dead))
