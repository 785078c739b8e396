"""What every search of a conversation does alike: begun or taken further in a turn, and told once."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.drafts import once
from api.core.clock import today
from api.texts.schemas import Saying


@dataclass(frozen=True)
class Occasion:
    """The action that asks, in its turn; `once()` keeps what it did under this name."""

    conversation_id: UUID
    turn_id: UUID
    action: str
    today: date = field(default_factory=today)


@dataclass(frozen=True)
class Found:
    """What to say, and the search that "d'autres ?" and "plutôt à Quimper" will refer to."""

    search_id: UUID
    sayings: list[Saying]


async def found_once(session: AsyncSession, occasion: Occasion, do: Callable[[], Awaitable[Found]]) -> Found:
    """What this occasion finds; run again, what it found the first time, and nothing moves."""

    async def kept() -> dict[str, Any]:
        found = await do()
        says = [{"name": saying.name, "facts": saying.facts} for saying in found.sayings]
        return {"search": str(found.search_id), "says": says}

    result = await once(session, occasion.turn_id, occasion.action, 0, kept)
    return Found(UUID(result["search"]), [Saying(said["name"], said["facts"]) for said in result["says"]])
