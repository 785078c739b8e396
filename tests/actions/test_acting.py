import asyncio
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker
from sqlalchemy.ext.asyncio import AsyncSession

from actions import acting
from actions.acting import Answer, HentAction
from actions.speaker import Speaker
from api.core.database import Database
from api.texts.schemas import Saying
from tests import factories


class Slow(HentAction):
    """Never answers in time."""

    async def answer(self, session: AsyncSession, speaker: Speaker, tracker: Any) -> Answer:
        await asyncio.sleep(5)
        return Answer([Saying("greet")])


async def test_an_action_that_is_too_late_fails_and_gives_its_connection_back(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acting, "SECONDS", 0.2)
    async with database.transaction() as session:
        conversation = await factories.conversation(session)
        turn = await factories.turn(session, conversation)
    message = {"metadata": {"turn": str(turn.id)}}
    tracker = Tracker(str(conversation.id), {}, message, [], False, None, {}, None)

    with pytest.raises(TimeoutError):
        await Slow(database, "action_slow").run(CollectingDispatcher(), tracker, {})

    async with database.transaction() as session:
        assert await session.get(type(turn), turn.id)
