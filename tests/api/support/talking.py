"""A conversation that looks for help, as tests hold it."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.searches import Found, Occasion
from api.support.service import Asked, more, search
from api.support.themes import themes
from api.texts.schemas import Saying
from tests import factories
from tests.factories import BREST

ITEMS = ("support_item", "support_item_to_ask")


class Talk:
    """A conversation that searches, one turn a message."""

    def __init__(self, session: AsyncSession, conversation: Any) -> None:
        self.session, self.conversation = session, conversation
        self.search_id: UUID | None = None
        self.said: list[Saying] = []

    async def asks(self, *codes: str, **asked: Any) -> "Talk":
        wanted = Asked(themes=tuple(themes()[code] for code in codes), **asked)
        self._keep(await search(self.session, await self.occasion(), wanted, self.search_id))
        return self

    async def wants_more(self, *, known: bool = False) -> "Talk":
        self._keep(await more(self.session, await self.occasion(), self.search_id, known=known))
        return self

    async def occasion(self) -> Occasion:
        turn = await factories.turn(self.session, self.conversation)
        return Occasion(self.conversation.id, turn.id, "action_search_support")

    def _keep(self, found: Found) -> None:
        self.search_id, self.said = found.search_id, found.sayings

    @property
    def names(self) -> list[str]:
        return [saying.name for saying in self.said]

    def told(self, fact: str) -> list[Any]:
        return [saying.facts[fact] for saying in self.said if saying.name in ITEMS]


async def services(session: AsyncSession, *names: str, insee: str = BREST, **given: Any) -> None:
    for name in names:
        await factories.service(session, insee, name=name, **given)
