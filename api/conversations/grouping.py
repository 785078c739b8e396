"""What is written by SMS within two seconds is one question: a telephone cuts, and people think as they type."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.pressing import pressing
from api.conversations.sms_words import command
from api.conversations.tables import Author, Conversation, Message, MessageStatus
from api.privacy.audience import Channel

TOGETHER = timedelta(seconds=2)
WAITS_AT_MOST = timedelta(seconds=10)
"""Whoever writes without a pause is answered all the same."""


def cannot_wait(text: str) -> bool:
    """Whether nothing that may follow changes what is answered to this text: an order, or what is urgent."""
    return command(text) is not None or pressing(text) is not None


def first_group(rows: Sequence[Message], channel: Channel) -> list[Message]:
    """The rows that the next turn answers, of those that wait in order (at least one).

    An attempt that died had its rows: they stay together, and no other joins them.
    """
    first = rows[0]
    if first.turn_id:
        return [row for row in rows if row.turn_id == first.turn_id]
    if channel is Channel.web:
        return [first]
    group = [first]
    for row in rows[1:]:
        if row.turn_id or not _goes_with(group[-1], row):
            break
        group.append(row)
    return group


def settled_at(group: Sequence[Message], behind: Sequence[Message], channel: Channel) -> datetime:
    """When this group may be answered: once nothing can join it any more. `behind`: the rows that wait after it."""
    first, last = group[0], group[-1]
    if channel is Channel.web or first.turn_id or behind or cannot_wait(last.text):
        return first.created_at
    return min(last.created_at + TOGETHER, first.created_at + WAITS_AT_MOST)


async def waiting_rows(session: AsyncSession, conversation: Conversation) -> list[Message]:
    """What the person wrote and nobody has answered, in order."""
    rows = select(Message).where(
        Message.conversation_id == conversation.id,
        Message.author == Author.person,
        Message.seq > conversation.answered_seq,
        Message.status == MessageStatus.received,
    )
    return list(await session.scalars(rows.order_by(Message.seq)))


async def of_one_turn(session: AsyncSession, message: Message) -> list[Message]:
    """The rows that were answered together with this one, in order; this one alone while none was."""
    if message.turn_id is None:
        return [message]
    rows = select(Message).where(Message.turn_id == message.turn_id, Message.author == Author.person)
    return list(await session.scalars(rows.order_by(Message.seq)))


def _goes_with(before: Message, row: Message) -> bool:
    close = row.created_at - before.created_at <= TOGETHER
    # An order is one from end to end, and what answers an identity check is opened by its own turn.
    alone = any(one.sealed or command(one.text) for one in (before, row))
    return close and not alone
