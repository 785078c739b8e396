"""What left and of which nobody tells any more: it ends as unknown, and is not sent again by itself."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.receipts import ENDED
from api.conversations.routes import Why
from api.conversations.sms_tables import OutgoingSms, SmsStatus
from api.desk import watching

EVERY = 600.0
"""Seconds between two looks: each reads the whole outbox, 0.2 s for 300,000 SMS, and three days are long."""
PATIENCE = timedelta(days=3)
"""An operator tries for 48 to 72 hours and then says that it gives up: help.seven.io, "validity period"; AWS, End User
Messaging, TimeToLive: 72 hours unless another time is asked for. We ask for none."""
AT_ONCE = 100


async def settle(session: AsyncSession) -> int:
    """End as unknown what the provider or its operator took so long ago, while the end of others was told; how many.

    Where no end is ever told, that it was taken is the last word. By PostgreSQL's clock: no worker's is believed.
    """
    left_at = func.coalesce(OutgoingSms.accepted_at, OutgoingSms.sent_at)
    # The last of each provider, once: of one that fell silent, each SMS would be compared with every end told before.
    last = select(OutgoingSms.provider, func.max(OutgoingSms.ended_at).label("ended_at"))
    told = last.where(OutgoingSms.status.in_(ENDED)).group_by(OutgoingSms.provider).subquery()
    untold = select(OutgoingSms).join(told, told.c.provider == OutgoingSms.provider)
    untold = untold.where(
        OutgoingSms.status.in_([SmsStatus.sent, SmsStatus.accepted]),
        left_at < func.least(told.c.ended_at, func.now() - PATIENCE),
    )
    due = untold.order_by(left_at).limit(AT_ONCE)
    shown = await watching.watching(session, await session.scalars(due.with_only_columns(OutgoingSms.id)))
    found = list(await session.scalars(due.with_for_update(skip_locked=True, of=OutgoingSms)))
    for row in found:
        row.status, row.why = SmsStatus.unknown, Why.untold
    await watching.show(session, shown, [row.id for row in found])
    return len(found)
