"""What becomes of an SMS is shown in the threads where it stands."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.sms_tables import OutgoingSms, SmsStatus
from api.conversations.tables import Author, Message
from api.desk.hearing import overhear
from api.desk.talk import DELIVERIES
from api.escalations.events import closed
from api.escalations.tables import Escalation

Watched = dict[UUID, list[Escalation]]
"""By SMS: the requests that show it."""


async def watching(session: AsyncSession, sms: Iterable[UUID]) -> Watched:
    """Which requests show these SMS: those that are open, and any for a caseworker's own words. Before the SMS' rows.

    Their keys are held, in the one order, so that none is erased between its SMS and its feed; nobody else waits.
    """
    rows = (
        select(OutgoingSms.id, Message.author, Escalation)
        .join(Message, Message.id == OutgoingSms.message_id)
        .join(Escalation, Escalation.conversation_id == Message.conversation_id)
        .where(OutgoingSms.id.in_(sms), Escalation.organisation_id.is_not(None))
        .order_by(Escalation.organisation_id, Escalation.id)
        .with_for_update(of=Escalation, read=True, key_share=True)
    )
    found = (await session.execute(rows)).all()
    # Whoever closes a request right after the last answer still looks at it.
    shut = await closed(session, [row.id for _, _, row in found]) if found else set()
    shown: Watched = defaultdict(list)
    for sms_id, author, row in found:
        if author is Author.caseworker or row.id not in shut:
            shown[sms_id].append(row)
    return shown


def looks_other(before: SmsStatus, after: SmsStatus) -> bool:
    """Whether a thread shows the one otherwise than the other."""
    return DELIVERIES.get(before) != DELIVERIES.get(after)


async def show(session: AsyncSession, watched: Watched, changed: Iterable[UUID]) -> None:
    """Tell the desks that show these SMS, each request once. Last of all."""
    told = {row.id: row for sms_id in changed for row in watched.get(sms_id, [])}
    await overhear(session, sorted(told.values(), key=lambda row: (row.organisation_id, row.id)))
