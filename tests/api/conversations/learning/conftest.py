"""What is kept of a conversation, for its tests."""

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select

from api.conversations.learning.tables import UnclearSentence
from tests.talking import Talk

Kept = Callable[[], Awaitable[list[UnclearSentence]]]


@pytest.fixture
def kept(talk: Talk) -> Kept:
    """Every sentence that is kept now."""

    async def read() -> list[UnclearSentence]:
        async with talk.database.transaction() as session:
            return list(await session.scalars(select(UnclearSentence).order_by(UnclearSentence.seq)))

    return read
