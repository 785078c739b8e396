"""What every search of a conversation does alike: begun or taken further in a turn, and told once."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.drafts import once
from api.core.clock import today
from api.support.tables import SupportSearch
from api.texts.schemas import Saying
from api.training.tables import TrainingSearch


@dataclass(frozen=True)
class Occasion:
    """The action that asks, in its turn; `once()` keeps what it did under this name."""

    conversation_id: UUID
    turn_id: UUID
    action: str
    today: date = field(default_factory=today)
    before: UUID | None = None
    """The search of the other kind that was in hand until now: Rasa forgets it with whoever was speaking."""


@dataclass(frozen=True)
class Found:
    """What to say, and the search that "d'autres ?" and "plutôt à Quimper" will refer to."""

    search_id: UUID
    sayings: list[Saying]


async def place_before(session: AsyncSession, occasion: Occasion) -> str | None:
    """The commune (INSEE) of the search that was in hand; None where there was none, or it named none.

    Whoever looked for a crèche in Rennes, and then for a course, was asked again near which commune.
    """
    if occasion.before is None:
        return None
    training = await session.get(TrainingSearch, occasion.before)
    support = await session.get(SupportSearch, occasion.before)
    mine = [row for row in (training, support) if row and row.conversation_id == occasion.conversation_id]
    return mine[0].commune_insee if mine else None


async def found_once(session: AsyncSession, occasion: Occasion, do: Callable[[], Awaitable[Found]]) -> Found:
    """What this occasion finds; run again, what it found the first time, and nothing moves."""

    async def kept() -> dict[str, Any]:
        found = await do()
        says = [{"name": saying.name, "facts": saying.facts} for saying in found.sayings]
        return {"search": str(found.search_id), "says": says}

    result = await once(session, occasion.turn_id, occasion.action, 0, kept)
    return Found(UUID(result["search"]), [Saying(said["name"], said["facts"]) for said in result["says"]])
