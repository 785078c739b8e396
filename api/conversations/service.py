"""Conversations: begun, found again, written to, read. What came in is stored before anything is done with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.flood import refuse_flood
from api.conversations.grouping import TOGETHER, cannot_wait
from api.conversations.silence import heard_from
from api.conversations.sms_words import PICTURE
from api.conversations.tables import Author, Choice, Conversation, Message, MessageStatus, Mode
from api.core.clock import now
from api.core.database import notify
from api.core.errors import NotAllowed, TooLarge, Unreadable
from api.core.sealing import Sealer, new_token
from api.desk.hearing import hear, hold
from api.identity import links
from api.identity.service import open_check
from api.privacy.audience import Channel, Level
from api.privacy.masking import mask_secrets

LONGEST = 4000
"""Signs. The longest message of a real person that we know of is a letter copied by hand, 3,100 signs."""
SEEN_AT_ONCE = 100
IDENTIFIED_FOR = timedelta(hours=2)
IDLE_FOR = timedelta(minutes=30)
"""On a shared computer the next person must find nothing: the level falls back after half an hour of silence."""
DOTS = "••••••"
TOKEN = "conversation token"


@dataclass(frozen=True)
class Incoming:
    """What somebody wrote, with the reference under which it may come again."""

    reference: str
    text: str
    choice: UUID | None = None
    since: datetime | None = None
    """When the link was opened by which it comes from elsewhere than the browser of this conversation."""


async def begin(
    session: AsyncSession, sealer: Sealer, authority_code: str, address: bytes | None
) -> tuple[Conversation, str]:
    """A new web conversation and its token, which is shown once and kept as a digest."""
    token = new_token()
    conversation = Conversation(
        channel=Channel.web,
        authority_code=authority_code,
        token_digest=sealer.digest(TOKEN, token),
        address_digest=address,
    )
    session.add(conversation)
    await session.flush()
    return conversation, token


async def by_token(session: AsyncSession, sealer: Sealer, token: str) -> Conversation:
    """The conversation that this token opens. Raises NotAllowed."""
    mine = select(Conversation).where(Conversation.token_digest == sealer.digest(TOKEN, token))
    conversation = await session.scalar(mine)
    if conversation is None:
        raise NotAllowed
    return conversation


async def by_number(session: AsyncSession, phone: str, sender: str, authority_code: str) -> Conversation:
    """The SMS conversation of this telephone with this sender, begun if it is the first message."""
    return (await by_numbers(session, {phone: authority_code}, sender))[phone]


async def by_numbers(session: AsyncSession, payers: Mapping[str, str], sender: str) -> dict[str, Conversation]:
    """The same for many telephones, by number; `payers`: the authority of each, for one that begins now."""
    # In one order for everybody: two who begin the same ones wait for each other, and not in a circle.
    rows = [
        {"channel": Channel.sms, "phone": phone, "sender": sender, "authority_code": payers[phone]}
        for phone in sorted(payers)
    ]
    fresh = insert(Conversation).on_conflict_do_nothing(constraint="uq_conversations_phone_sender")
    await session.execute(fresh, rows)
    mine = select(Conversation).where(Conversation.phone.in_(payers), Conversation.sender == sender)
    return {row.phone: row for row in await session.scalars(mine) if row.phone}


async def receive(session: AsyncSession, sealer: Sealer, conversation_id: UUID, incoming: Incoming) -> int:
    """Store what came and wake a worker; returns its seq. The same reference again: the same seq, nothing stored.

    Raises TooLarge, Unreadable (nothing to read, or a choice that was not offered here) and TooMany.
    """
    requests = await hold(session, conversation_id)
    conversation = await locked(session, conversation_id)
    known = select(Message.seq).where(
        Message.conversation_id == conversation_id, Message.reference == incoming.reference
    )
    seq = await session.scalar(known)
    if seq is not None:
        return seq
    fade(conversation, now(), incoming.since)
    if conversation.phone:
        await heard_from(session, conversation.phone)
    chosen, about_id = await _chosen(session, conversation, incoming.choice)
    text = chosen.title if chosen else _written(conversation, incoming.text)
    await refuse_flood(session, conversation)
    message = next_message(conversation, Author.person, text, MessageStatus.received)
    message.reference = incoming.reference
    message.payload = chosen.payload if chosen else None
    message.about_id = about_id
    with session.no_autoflush:
        if not chosen:
            await _protect(session, sealer, conversation, message, text)
    session.add(message)
    conversation.waiting_since = func.least(Conversation.waiting_since, _ready_at(conversation, text))
    await notify(session, f"in:{conversation_id}")
    await hear(session, requests)
    return message.seq


async def locked(session: AsyncSession, conversation_id: UUID) -> Conversation:
    """The conversation as it stands, for whoever writes into it."""
    mine = select(Conversation).where(Conversation.id == conversation_id).with_for_update()
    return (await session.scalars(mine.execution_options(populate_existing=True))).one()


def next_message(conversation: Conversation, author: Author, text: str, status: MessageStatus) -> Message:
    """One more row, to be added under the conversation's lock: with its id and its place."""
    conversation.last_seq += 1
    conversation.last_activity_at = now()
    row = Message(id=uuid4(), conversation_id=conversation.id, seq=conversation.last_seq, says=[])
    row.author, row.text, row.status = author, text, status
    return row


async def read(session: AsyncSession, conversation_id: UUID, after: int) -> list[tuple[Message, list[Choice]]]:
    """The next hundred messages after `after`, in order, each with its buttons."""
    rows = select(Message).where(Message.conversation_id == conversation_id, Message.seq > after)
    messages = list(await session.scalars(rows.order_by(Message.seq).limit(SEEN_AT_ONCE)))
    offered = select(Choice).where(Choice.message_id.in_([message.id for message in messages]))
    choices = list(await session.scalars(offered.order_by(Choice.ordinal))) if messages else []
    return [(message, [choice for choice in choices if choice.message_id == message.id]) for message in messages]


async def as_it_stands(session: AsyncSession, conversation_id: UUID) -> tuple[Conversation, int] | None:
    """The conversation, and the seq of the first message that is still there: above 1 once it was erased.

    None: it is gone.
    """
    first = select(func.min(Message.seq)).where(Message.conversation_id == conversation_id).scalar_subquery()
    mine = select(Conversation, func.coalesce(first, 1)).where(Conversation.id == conversation_id)
    found = (await session.execute(mine)).one_or_none()
    return (found[0], found[1]) if found else None


def is_known(conversation: Conversation, moment: datetime, since: datetime | None = None) -> bool:
    """Whether it is known who speaks: for half an hour of silence at most, and two hours in all.

    `since`: what was proved before was proved elsewhere than where the person reads and writes now.
    """
    earned = conversation.identified_at
    if earned is None or (since is not None and earned <= since):
        return False
    return moment - conversation.last_activity_at <= IDLE_FOR and moment - earned <= IDENTIFIED_FOR


def fade(conversation: Conversation, moment: datetime, since: datetime | None = None) -> None:
    """Forget who was speaking, when they are not known any more."""
    if conversation.identified_at is not None and not is_known(conversation, moment, since):
        forget_who(conversation)


def forget_who(conversation: Conversation) -> None:
    """From now on this conversation speaks with nobody."""
    conversation.level, conversation.beneficiary_id, conversation.identified_at = Level.nobody, None, None


async def recognise_by_link(session: AsyncSession, sealer: Sealer, conversation: Conversation, token: str) -> None:
    """A personal link given in person says who is speaking here. Raises NotFound."""
    moment = now()
    beneficiary_id = await links.redeem(session, sealer, token, moment)
    identify(conversation, beneficiary_id, Level.link, moment)


def identify(conversation: Conversation, beneficiary_id: UUID, level: Level, moment: datetime) -> None:
    """From now on this conversation speaks with this person."""
    conversation.beneficiary_id, conversation.level, conversation.identified_at = beneficiary_id, level, moment


def readable(text: str) -> str:
    """What somebody wrote, as it can be stored. Raises TooLarge, Unreadable."""
    # A NUL cannot be stored by PostgreSQL; a lone surrogate cannot be sent to it.
    clean = text.replace("\x00", "").encode("utf-8", "ignore").decode().strip()
    if len(clean) > LONGEST:
        raise TooLarge
    if not any(sign.isprintable() and not sign.isspace() for sign in clean):
        raise Unreadable("Votre message est vide. Écrivez votre demande.", error="empty_message")
    return clean


def _written(conversation: Conversation, text: str) -> str:
    """By SMS a picture comes without words: that is answered, since nobody sees here that it was refused."""
    try:
        return readable(text)
    except Unreadable:
        if conversation.channel is Channel.web:
            raise
        return PICTURE


def _ready_at(conversation: Conversation, text: str) -> ColumnElement[datetime]:
    """When a worker may look, by the clock of PostgreSQL: at once, or by SMS when no more can follow."""
    at_once = conversation.channel is Channel.web or cannot_wait(text)
    return func.now() if at_once else func.now() + TOGETHER


async def _chosen(
    session: AsyncSession, conversation: Conversation, value: UUID | None
) -> tuple[Choice | None, UUID | None]:
    """The choice, and of whose file it tells: "mardi 3 mars à 14 h" says as much as the message that offered it."""
    if value is None:
        return None, None
    offered = select(Choice, Message.about_id).join(Message, Message.id == Choice.message_id)
    mine = offered.where(Choice.value == value, Message.conversation_id == conversation.id)
    found = (await session.execute(mine)).one_or_none()
    if found is None:
        raise Unreadable("Ce choix n'est plus proposé. Écrivez votre demande.", error="unknown_choice")
    return found[0], found[1]


async def _protect(
    session: AsyncSession, sealer: Sealer, conversation: Conversation, message: Message, text: str
) -> None:
    masked = mask_secrets(text)
    message.text = masked.text
    # A caseworker must be able to read what is written to them, whatever the assistant was asking before.
    if conversation.mode is not Mode.caseworker and await open_check(session, conversation.id, now()):
        message.text, message.sealed = DOTS, sealer.seal(masked.text)
