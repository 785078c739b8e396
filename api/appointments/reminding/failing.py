"""Numbers that messages do not reach any more: the last two that ended did not arrive."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.routes import Why
from api.conversations.sms_tables import OutgoingSms, SmsStatus

FAILED = (SmsStatus.failed, SmsStatus.dead)
ENDED = (*FAILED, SmsStatus.delivered)
"""What became of them is known: one that was only taken may still arrive."""
IN_A_ROW = 2


async def failing(session: AsyncSession, phones: Sequence[str]) -> set[str]:
    """Those of these numbers (E.164) whose last two messages failed."""
    nth = func.row_number().over(partition_by=OutgoingSms.phone, order_by=OutgoingSms.created_at.desc())
    ended = select(OutgoingSms.phone, OutgoingSms.status, nth.label("nth"))
    # What we withheld says nothing of the number.
    tried = OutgoingSms.status.in_(ENDED), OutgoingSms.why.is_distinct_from(Why.withdrawn)
    last = ended.where(OutgoingSms.phone.in_(phones), *tried).subquery()
    failed = select(last.c.phone).where(last.c.nth <= IN_A_ROW, last.c.status.in_(FAILED))
    return set(await session.scalars(failed.group_by(last.c.phone).having(func.count() == IN_A_ROW)))
