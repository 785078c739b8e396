"""A conversation that searches for training, as tests hold it."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.searches import Found, Occasion
from api.core.normaliser import normalise
from api.texts.schemas import Saying
from api.training.refining import refinement
from api.training.service import Asked, more, search
from tests import factories
from tests.factories import BREST

TODAY = date(2026, 12, 1)


class Talk:
    """A conversation that searches, one turn a message."""

    def __init__(self, session: AsyncSession, conversation: Any) -> None:
        self.session, self.conversation = session, conversation
        self.search_id: UUID | None = None
        self.said: list[Saying] = []

    async def refines(self, text: str) -> "Talk":
        return await self.asks(refinement=refinement(normalise(text), TODAY))

    async def asks(self, **asked: Any) -> "Talk":
        self._keep(await search(self.session, await self.occasion(), Asked(**asked), self.search_id))
        return self

    async def wants_more(self) -> "Talk":
        self._keep(await more(self.session, await self.occasion(), self.search_id))
        return self

    async def occasion(self) -> Occasion:
        turn = await factories.turn(self.session, self.conversation)
        return Occasion(self.conversation.id, turn.id, "action_search_training", TODAY)

    def _keep(self, found: Found) -> None:
        self.search_id, self.said = found.search_id, found.sayings

    @property
    def names(self) -> list[str]:
        return [saying.name for saying in self.said]

    def told(self, fact: str) -> list[Any]:
        return [saying.facts[fact] for saying in self.said if saying.name == "training_item"]


async def offers(session: AsyncSession, *titles: str, insee: str = BREST, **given: Any) -> None:
    for title in titles:
        await factories.training_session(session, await factories.training(session, title=title), insee, **given)
