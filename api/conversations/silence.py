"""Numbers to which nothing that we start goes, unless they write first."""

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.sms_tables import Silence, SilentNumber

GRAVER = {Silence.dead: (), Silence.stop: (Silence.dead,), Silence.wrong_number: (Silence.dead, Silence.stop)}
"""Which reasons each one takes the place of: whoever has somebody else's number is not asked what they want."""


async def silence(session: AsyncSession, phone: str, why: Silence) -> bool:
    """From now on it is left alone; E.164. False when it was already, for this reason or a graver one."""
    row = insert(SilentNumber).values(phone=phone, why=why)
    instead = {"why": row.excluded.why, "since": func.now()}
    graver = row.on_conflict_do_update(index_elements=["phone"], set_=instead, where=SilentNumber.why.in_(GRAVER[why]))
    return await session.scalar(graver.returning(SilentNumber.id)) is not None


async def silenced(session: AsyncSession, phone: str) -> Silence | None:
    """Why it is to be left alone, if it is."""
    return await session.scalar(select(SilentNumber.why).where(SilentNumber.phone == phone))


async def is_silent(session: AsyncSession, phone: str) -> bool:
    """Whether it is to be left alone."""
    return await silenced(session, phone) is not None


async def let_speak(session: AsyncSession, phone: str) -> None:
    """A STOP is taken back. A stranger's number stays suspended until somebody has checked the file."""
    await session.execute(delete(SilentNumber).where(SilentNumber.phone == phone, SilentNumber.why == Silence.stop))


async def checked(session: AsyncSession, phone: str) -> None:
    """Somebody who follows the person made sure that it is theirs: only a STOP still holds."""
    mine = delete(SilentNumber).where(SilentNumber.phone == phone, SilentNumber.why != Silence.stop)
    await session.execute(mine)


async def heard_from(session: AsyncSession, phone: str) -> None:
    """It wrote to us: it is not dead after all. A STOP stands until it is taken back."""
    await session.execute(delete(SilentNumber).where(SilentNumber.phone == phone, SilentNumber.why == Silence.dead))
