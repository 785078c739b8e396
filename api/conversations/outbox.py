"""SMS on their way out: a row written with what caused it; the worker sends it."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Beneficiary
from api.conversations.sms_tables import OutgoingSms, SmsKind
from api.conversations.tables import Conversation, Message
from api.core.clock import now
from api.core.database import notify
from api.core.sealing import Sealer
from api.identity.service import SendCode
from api.privacy.audience import Channel
from api.texts.schemas import Saying
from api.texts.service import speak
from api.texts.voice import Voice

SENDER = "Hent"


async def reply(
    session: AsyncSession, conversation: Conversation, message: Message, not_before: datetime | None = None
) -> None:
    """Put an answer into the outbox, with the row that holds it; it goes at once, or not before a moment."""
    session.add(queued(conversation, message, not_before))
    await notify(session, "sms")


def queued(conversation: Conversation, message: Message, not_before: datetime | None = None) -> OutgoingSms:
    """The row that `reply` writes: for whoever writes many at once, and says "sms" once."""
    return OutgoingSms(
        id=uuid4(),
        phone=conversation.phone,
        sender=conversation.sender,
        kind=SmsKind.reply,
        text=message.text,
        authority_code=conversation.authority_code,
        message_id=message.id,
        turn_id=message.turn_id,
        next_attempt_at=not_before or now(),
    )


def code_sender(session: AsyncSession, sealer: Sealer, voice: Voice, turn_id: UUID) -> SendCode:
    """How an identity step sends a code: sealed, so that a table on its own opens no file."""

    async def send(person: Beneficiary, code: str) -> None:
        text = speak([Saying("code_sms", {"code": code})], Channel.sms, voice).text
        sms = OutgoingSms(
            phone=person.phone,
            sender=SENDER,
            kind=SmsKind.code,
            sealed=sealer.seal(text),
            authority_code=person.authority_code,
            turn_id=turn_id,
            next_attempt_at=now(),
        )
        session.add(sms)
        await notify(session, "sms")

    return send
