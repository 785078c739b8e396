"""What actions leave for the server to say, and what they do, each exactly once for its turn."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.tables import Draft, Effect, Turn
from api.texts.schemas import Saying, plain


async def drafted(session: AsyncSession, turn_id: UUID, action: str) -> list[Draft]:
    """What this action already left for this turn, in order; empty the first time."""
    mine = select(Draft).where(Draft.turn_id == turn_id, Draft.action == action).order_by(Draft.ordinal)
    return list(await session.scalars(mine))


async def last_draft(session: AsyncSession, conversation_id: UUID, names: Collection[str]) -> Draft | None:
    """The last of these texts that was said in a conversation."""
    said = select(Draft).join(Turn, Turn.id == Draft.turn_id)
    said = said.where(Turn.conversation_id == conversation_id, Draft.say.in_(names))
    last: Draft | None = await session.scalar(said.order_by(Turn.started_at.desc(), Draft.ordinal.desc()).limit(1))
    return last


async def last_facts(session: AsyncSession, conversation_id: UUID, names: Collection[str]) -> dict[str, Any]:
    """The facts of the last of these texts that was said in a conversation; empty when none was."""
    last = await last_draft(session, conversation_id, names)
    return last.facts if last else {}


async def facts_of(session: AsyncSession, conversation_id: UUID, turn_id: str, name: str) -> dict[str, Any]:
    """The facts of a text as a turn (its id, as a button carries it) said it here; empty when it did not."""
    try:
        mine = select(Draft.facts).where(Draft.turn_id == UUID(turn_id), Draft.say == name)
    except ValueError:
        return {}
    here = mine.join(Turn, Turn.id == Draft.turn_id).where(Turn.conversation_id == conversation_id)
    return await session.scalar(here.order_by(Draft.ordinal).limit(1)) or {}


async def leave(session: AsyncSession, turn_id: UUID, action: str, sayings: Sequence[Saying]) -> list[Draft]:
    """Keep the facts for the server; an action that runs again finds its first words and changes nothing."""
    rows = [
        {"turn_id": turn_id, "action": action, "ordinal": ordinal, "say": saying.name, "facts": plain(saying.facts)}
        for ordinal, saying in enumerate(sayings)
    ]
    if not rows:
        return []
    new = list(await session.scalars(insert(Draft).on_conflict_do_nothing().returning(Draft), rows))
    if len(new) < len(rows):
        return await drafted(session, turn_id, action)
    return sorted(new, key=attrgetter("ordinal"))


async def once(
    session: AsyncSession, turn_id: UUID, action: str, ordinal: int, do: Callable[[], Awaitable[dict[str, Any]]]
) -> dict[str, Any]:
    """Do something for this (turn, action, ordinal), or return what the first time gave.

    The effect and its row are one transaction; two attempts at once meet on the unique key and one rolls back.
    """
    mine = select(Effect).where(Effect.turn_id == turn_id, Effect.action == action, Effect.ordinal == ordinal)
    found = await session.scalar(mine)
    if found:
        return found.result
    result: dict[str, Any] = plain(await do())
    session.add(Effect(turn_id=turn_id, action=action, ordinal=ordinal, result=result))
    await session.flush()
    return result


async def say_once(
    session: AsyncSession, turn_id: UUID, action: str, do: Callable[[], Awaitable[Sequence[Saying]]]
) -> list[Saying]:
    """Do something and keep what is to be said of it: a turn asked again says the same, and does nothing more."""

    async def kept() -> dict[str, Any]:
        return {"says": [{"name": saying.name, "facts": saying.facts} for saying in await do()]}

    result = await once(session, turn_id, action, 0, kept)
    return [Saying(said["name"], said["facts"]) for said in result["says"]]
