"""What the person had said before the message in hand: a "oui" or a button says nothing of what it is about."""

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, literal, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.tables import Author, Draft, Message, Turn, TurnKind

SAYS_LITTLE = ("request_human", "request_callback", "greet", "thank", "affirm", "deny", "goodbye", "nlu_fallback")
"""Intents that do not tell what somebody wants: then the line of a request is what they wrote before."""


class Said(NamedTuple):
    """Something that the person wrote, as it is kept, and what it was understood as."""

    text: str
    intent: str


async def said_before(
    session: AsyncSession, turn_id: UUID, *, about: Collection[str] = (), unless: Collection[str] = ()
) -> str | None:
    """The last text that the person wrote before this turn's, pressed buttons left out, as it is kept.

    `about`: only what was understood as one of these intents; `unless`: none of these.
    """
    found = await last_said(session, turn_id, about=about, unless=unless)
    return found[0].text if found else None


async def last_said(
    session: AsyncSession, turn_id: UUID, count: int = 1, *, about: Collection[str] = (), unless: Collection[str] = ()
) -> list[Said]:
    """The last `count` of these, the last one first; messages that were one turn are one."""
    here = select(Message.conversation_id, Message.seq).join(Turn, Turn.message_id == Message.id)
    conversation_id, seq = (await session.execute(here.where(Turn.id == turn_id))).one()
    whole = func.string_agg(Message.text, aggregate_order_by(literal(" "), Message.seq))
    earlier = (
        select(whole, Turn.intent)
        .join(Turn, Turn.id == Message.turn_id)
        .where(Message.conversation_id == conversation_id, Message.seq < seq, Message.payload.is_(None))
        .where(Message.author == Author.person, Turn.kind == TurnKind.first)
        .where(Turn.intent.is_not(None), Turn.intent.not_in(unless))
        .group_by(Turn.id)
        .order_by(func.max(Message.seq).desc())
        .limit(count)
    )
    rows = await session.execute(earlier.where(Turn.intent.in_(about)) if about else earlier)
    return [Said(text, intent or "") for text, intent in rows]


async def answered_with(session: AsyncSession, conversation_id: UUID, name: str) -> str | None:
    """The last text of a person that was answered with this text of ours: what several questions are about."""
    whole = func.string_agg(Message.text, aggregate_order_by(literal(" "), Message.seq))
    rows = (
        select(whole)
        .join(Turn, Turn.id == Message.turn_id)
        .join(Draft, Draft.turn_id == Turn.id)
        .where(Turn.conversation_id == conversation_id, Message.author == Author.person, Draft.say == name)
        .group_by(Turn.id)
        .order_by(func.max(Message.seq).desc())
        .limit(1)
    )
    found: str | None = await session.scalar(rows)
    return found


async def last_said_by_us(session: AsyncSession, turn_id: UUID) -> list[str]:
    """Names of the texts of our last answer before this turn's message; none after a caseworker's."""
    here = select(Message.conversation_id, Message.seq).join(Turn, Turn.message_id == Message.id)
    conversation_id, seq = (await session.execute(here.where(Turn.id == turn_id))).one()
    before = select(Message.says).where(Message.conversation_id == conversation_id, Message.seq < seq)
    ours = before.where(Message.author != Author.person).order_by(Message.seq.desc()).limit(1)
    return await session.scalar(ours) or []
