"""SMS that came in: stored before anything else, then made messages, in order, one number at a time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Tuple, exists, func, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from api.beneficiaries.tables import Beneficiary
from api.conversations import service
from api.conversations.choosing import Offered, chosen
from api.conversations.flood import full_numbers
from api.conversations.outbox import SENDER
from api.conversations.routes import Routes
from api.conversations.sms_tables import IncomingSms
from api.conversations.tables import Choice, Message
from api.conversations.telephones import mobile
from api.core.clock import now
from api.core.database import Database, notify
from api.core.sealing import Sealer

WAKE = "sms_in"
"""The word that wakes the worker."""
SAME_WITHIN = timedelta(seconds=60)
"""An operator that hands a message over again gives it another id: within this, the same text is the same message,
unless it answers what we asked meanwhile: "1" may well be answered twice."""
DIGEST = "incoming sms"
LONGEST_NUMBER = 30


@dataclass(frozen=True)
class Arrived:
    """An SMS as a provider hands it over: numbers as it writes them."""

    reference: str
    phone: str
    sender: str
    """Our number that was written to."""
    text: str
    written_at: datetime | None = None


async def store(session: AsyncSession, sealer: Sealer, provider: str, arrived: Arrived) -> None:
    """Keep it, once by its reference. What no person wrote is kept as handled, without its text."""
    phone = mobile(arrived.phone)
    # Half of a pair of UTF-16, as JSON can write it, cannot be sealed.
    text = arrived.text[: service.LONGEST].encode("utf-8", "ignore").decode()
    row = insert(IncomingSms).values(
        provider=provider,
        reference=arrived.reference,
        phone=phone or arrived.phone[:LONGEST_NUMBER],
        sender=arrived.sender[:LONGEST_NUMBER],
        sealed=sealer.seal(text) if phone else None,
        text_digest=sealer.digest(DIGEST, text),
        written_at=arrived.written_at,
        handled_at=None if phone else now(),
    )
    await session.execute(row.on_conflict_do_nothing(constraint="uq_incoming_sms_provider_reference"))
    await notify(session, WAKE)


async def take_in(database: Database, sealer: Sealer, routes: Routes, default_authority: str) -> int:
    """Make the next SMS a message; how many were handled, 0 or 1."""
    async with database.transaction() as session:
        row = await _next(session)
        if row is None:
            return 0
        provider = routes.providers.get(row.provider)
        text = sealer.open(row.sealed or b"") or ""
        known = await _same(session, row, text) if provider and provider.hands_over_again else None
        authority = routes.authority_of(row.provider) or default_authority
        row.message_id = known or await _message(session, sealer, row, text, authority)
        row.handled_at, row.sealed = now(), None
        return 1


async def _next(session: AsyncSession) -> IncomingSms | None:
    """The first of a number that nobody else has in hand: what stands behind it waits, so that order is kept.

    A number that has written more than can be answered at once waits as well, and holds no other up.
    """
    other = aliased(IncomingSms)
    earlier = exists().where(
        other.phone == IncomingSms.phone, other.handled_at.is_(None), _order(other) < _order(IncomingSms)
    )
    waits = IncomingSms.handled_at.is_(None), IncomingSms.phone.not_in(full_numbers())
    first = select(IncomingSms).where(*waits, ~earlier)
    return await session.scalar(first.order_by(IncomingSms.received_at).limit(1).with_for_update(skip_locked=True))


def _order(row: type[IncomingSms]) -> Tuple:
    """When it was written, if the operator says so: gateways hand over what waited in any order."""
    return tuple_(func.coalesce(row.written_at, row.received_at), row.received_at, row.id)


async def _same(session: AsyncSession, row: IncomingSms, text: str) -> UUID | None:
    """The message that it is already, under another reference."""
    within = row.received_at - SAME_WITHIN, row.received_at + SAME_WITHIN
    same = (IncomingSms.phone == row.phone, IncomingSms.text_digest == row.text_digest)
    known = select(Message).join(IncomingSms, IncomingSms.message_id == Message.id).where(*same)
    last = known.where(IncomingSms.received_at.between(*within)).order_by(Message.seq.desc()).limit(1)
    first = await session.scalar(last)
    return None if first is None or await _answers(session, first, text) else first.id


async def _answers(session: AsyncSession, first: Message, text: str) -> bool:
    """Whether the text chooses something of what was offered since: it is then another answer."""
    rows = (
        select(Choice)
        .join(Message, Message.id == Choice.message_id)
        .where(Message.conversation_id == first.conversation_id, Message.seq > first.seq)
        .order_by(Message.seq.desc(), Choice.ordinal)
    )
    choices = list(await session.scalars(rows))
    offered = [choice for choice in choices if choice.message_id == choices[0].message_id]
    return chosen(text, [Offered(choice.title, tuple(choice.words)) for choice in offered]) is not None


async def _message(session: AsyncSession, sealer: Sealer, row: IncomingSms, text: str, authority: str) -> UUID:
    code = await _home(session, row.phone) or authority
    conversation = await service.by_number(session, row.phone, SENDER, code)
    incoming = service.Incoming(f"sms:{row.id}", text)
    seq = await service.receive(session, sealer, conversation.id, incoming)
    written = select(Message.id).where(Message.conversation_id == conversation.id, Message.seq == seq)
    return (await session.scalars(written)).one()


async def _home(session: AsyncSession, phone: str) -> str | None:
    """Who follows those of this number. Its name and its teams would tell that a confidential file is known, and
    where: that one is answered as anybody's.
    """
    having = select(func.min(Beneficiary.authority_code)).where(Beneficiary.phone == phone)
    code: str | None = await session.scalar(having.having(~func.bool_or(Beneficiary.confidential)))
    return code
