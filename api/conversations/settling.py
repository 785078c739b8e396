"""What nobody answered for: found out from what was told of others."""

from datetime import timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from api.conversations import costs
from api.conversations.delivery import PAUSES
from api.conversations.routes import Routes, Why
from api.conversations.sms_tables import OutgoingSms, SmsStatus
from api.core.clock import now
from api.core.database import notify
from api.desk import watching

EVERY = 10.0
"""Seconds between two looks."""
HEARD_FOR = timedelta(seconds=30)
"""Since a later one was told of. A receipt that came while we were away is brought again within it: by smsbox after
`http-queue-delay`, 10 s in docs/sms-provider.md."""
WORTH_SENDING = timedelta(hours=1)
"""An answer that is older has been asked for again."""
LEFT_TO_PEOPLE = (Why.restored, Why.untold)
"""What nobody knows of and only somebody at the desk may send again."""


async def settle(session: AsyncSession, routes: Routes) -> int:
    """Queue again what surely never reached a provider that tells of all that it takes; how many.

    Sure is: it is silent about this one, and told us a while ago that the operator has accepted another that was handed
    over well after it.
    """
    telling = [name for name, provider in routes.providers.items() if provider.tells_all]
    later = aliased(OutgoingSms)
    overtaken = exists().where(
        later.provider == OutgoingSms.provider,
        later.accepted_at < now() - HEARD_FOR,
        later.sent_at > OutgoingSms.next_attempt_at,
    )
    lost = select(OutgoingSms).where(
        OutgoingSms.status == SmsStatus.unknown,
        OutgoingSms.accepted_at.is_(None),
        func.coalesce(OutgoingSms.why, "").not_in(LEFT_TO_PEOPLE),
        OutgoingSms.provider.in_(telling),
        OutgoingSms.attempts <= len(PAUSES),
        # Set when it was handed over, a little ahead: "well after".
        OutgoingSms.next_attempt_at > now() - WORTH_SENDING,
        overtaken,
    )
    shown = await watching.watching(session, await session.scalars(lost.with_only_columns(OutgoingSms.id)))
    found = list(await session.scalars(lost.with_for_update(skip_locked=True)))
    for row in found:
        row.status, row.next_attempt_at = SmsStatus.queued, now()
    await costs.take_back(session, found)
    await watching.show(session, shown, [row.id for row in found])
    if found:
        await notify(session, "sms")
    return len(found)
