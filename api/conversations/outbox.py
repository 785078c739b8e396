"""SMS on their way out: a row written with what caused it, then sent by the worker, again if need be."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Beneficiary
from api.conversations.silence import silence
from api.conversations.sms_tables import OutgoingSms, Silence, SmsKind, SmsStatus
from api.conversations.tables import Conversation, Message
from api.core.clock import now
from api.core.database import Database, notify
from api.core.sealing import Sealer
from api.identity.service import SendCode
from api.privacy.audience import Channel
from api.texts.schemas import Saying
from api.texts.service import speak
from api.texts.voice import Voice

PAUSES = (5, 30, 120, 600, 3600)
"""Seconds before each new attempt; after the last one the row is dead, and the desk shows it."""
UNFINISHED_AFTER = timedelta(seconds=20)
"""A row that is being sent for so long belonged to a worker that died; somebody waits for the code that it holds."""
SENDER = "Hent"


class NotSent(Exception):
    """The provider surely did not take the message; it may be tried again."""


@dataclass(frozen=True)
class Sms:
    """What a provider is handed. `id` is also the provider's reference: the same id twice is one message."""

    id: UUID
    phone: str
    sender: str
    text: str


class Provider(Protocol):
    """A way out for SMS; one file each in `channels/sms/`."""

    async def send(self, sms: Sms) -> None:
        """Hand the message over. Raises NotSent when it surely was not taken."""


async def reply(
    session: AsyncSession, conversation: Conversation, message: Message, not_before: datetime | None = None
) -> None:
    """Put an answer into the outbox, with the row that holds it; it goes at once, or not before a moment."""
    sms = OutgoingSms(
        phone=conversation.phone,
        sender=conversation.sender,
        kind=SmsKind.reply,
        text=message.text,
        message_id=message.id,
        turn_id=message.turn_id,
        next_attempt_at=not_before or now(),
    )
    session.add(sms)
    await notify(session, "sms")


def code_sender(session: AsyncSession, sealer: Sealer, voice: Voice, turn_id: UUID) -> SendCode:
    """How an identity step sends a code: sealed, so that a table on its own opens no file."""

    async def send(person: Beneficiary, code: str) -> None:
        text = speak([Saying("code_sms", {"code": code})], Channel.sms, voice).text
        sms = OutgoingSms(
            phone=person.phone,
            sender=SENDER,
            kind=SmsKind.code,
            sealed=sealer.seal(text),
            turn_id=turn_id,
            next_attempt_at=now(),
        )
        session.add(sms)
        await notify(session, "sms")

    return send


async def send_due(database: Database, sealer: Sealer, provider: Provider) -> int:
    """Send what is due; returns how many rows were handled. No transaction is open while the provider is asked."""
    async with database.transaction() as session:
        due = await _claim(session, sealer)
    for sms in due:
        try:
            await provider.send(sms)
        except NotSent:
            await _postpone(database, sms.id)
        else:
            await _mark(database, sms.id, SmsStatus.sent)
    return len(due)


async def _claim(session: AsyncSession, sealer: Sealer) -> list[Sms]:
    waiting = (
        select(OutgoingSms)
        .where(OutgoingSms.status.in_([SmsStatus.queued, SmsStatus.sending]), OutgoingSms.next_attempt_at <= now())
        .order_by(OutgoingSms.created_at)
        .limit(20)
        .with_for_update(skip_locked=True)
    )
    due = list(await session.scalars(waiting))
    for row in due:
        row.status, row.attempts, row.next_attempt_at = SmsStatus.sending, row.attempts + 1, now() + UNFINISHED_AFTER
    return [Sms(row.id, row.phone, row.sender, _text(row, sealer)) for row in due]


def _text(row: OutgoingSms, sealer: Sealer) -> str:
    return row.text if row.text is not None else sealer.open(row.sealed or b"") or ""


async def _postpone(database: Database, sms_id: UUID) -> None:
    async with database.transaction() as session:
        row = await session.get(OutgoingSms, sms_id, with_for_update=True)
        if row is None:
            # Erased meanwhile with its conversation.
            return
        if row.attempts > len(PAUSES):
            row.status = SmsStatus.dead
            await silence(session, row.phone, Silence.dead)
        else:
            row.status, row.next_attempt_at = SmsStatus.queued, now() + timedelta(seconds=PAUSES[row.attempts - 1])


async def _mark(database: Database, sms_id: UUID, status: SmsStatus) -> None:
    async with database.transaction() as session:
        row = await session.get(OutgoingSms, sms_id, with_for_update=True)
        if row and row.status is SmsStatus.sending:
            row.status, row.sent_at = status, now()
