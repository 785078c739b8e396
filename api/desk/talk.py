"""What was said in a request's conversation, and whether it reached the person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.caseworkers.tables import Caseworker
from api.conversations.sms_tables import OutgoingSms, SmsStatus
from api.conversations.tables import Author, Conversation, Message
from api.privacy.audience import Channel

Delivery = Literal["waiting", "sent", "dead"]
DELIVERIES: dict[SmsStatus, Delivery] = {
    SmsStatus.queued: "waiting",
    SmsStatus.sending: "waiting",
    SmsStatus.sent: "sent",
    SmsStatus.accepted: "sent",
    SmsStatus.delivered: "sent",
    SmsStatus.failed: "dead",
    SmsStatus.dead: "dead",
}
"""Of an SMS that may have gone or not, nothing is said."""


@dataclass(frozen=True)
class Shown:
    """What was said; `name` is a caseworker's."""

    seq: int
    author: Author
    name: str | None
    text: str
    created_at: datetime
    seen: bool | None
    """Whether the person's browser has shown it; None: by SMS, and of what was not written by a caseworker."""
    delivery: Delivery | None
    """Of the SMS that carries it."""
    settled: bool
    """Whether it stays as it is: what is hidden until it is answered, unseen or on its way is to be read again."""


async def shown(session: AsyncSession, conversation: Conversation, after: int) -> list[Shown]:
    """Every message past `after`, in order."""
    rows = (
        select(Message, Caseworker, OutgoingSms.status)
        .outerjoin(Caseworker, Caseworker.id == Message.caseworker_id)
        .outerjoin(OutgoingSms, OutgoingSms.message_id == Message.id)
        .where(Message.conversation_id == conversation.id, Message.seq > after)
        .order_by(Message.seq)
    )
    return [_shown(conversation, *row) for row in await session.execute(rows)]


def _shown(conversation: Conversation, message: Message, worker: Caseworker | None, status: SmsStatus | None) -> Shown:
    watched = message.author is Author.caseworker and conversation.channel is Channel.web
    seen = message.seq <= conversation.read_seq if watched else None
    delivery = DELIVERIES.get(status) if status else None
    return Shown(
        seq=message.seq,
        author=message.author,
        name=f"{worker.first_name} {worker.last_name}" if worker else None,
        text=message.text,
        created_at=message.created_at,
        seen=seen,
        delivery=delivery,
        settled=message.sealed is None and seen is not False and delivery != "waiting",
    )
