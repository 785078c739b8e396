"""A Rasa whose answers name their questions: it leaves drafts, does something once, and remembers behind the fence."""

import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.drafts import leave, once
from api.conversations.rasa import Rasa
from api.core.database import Database
from tests.faults import words
from tests.faults.moments import ACTOR, reach
from tests.faults.story import Asked
from tests.scripted_rasa import heard

ACTION = "action_of_a_fault_run"
DONE = text("INSERT INTO faults.done (turn_id) VALUES (:turn)")
REMEMBER = text("""
    WITH held AS (SELECT FROM rasa.fences WHERE sender_id = :sender AND fence = :fence FOR SHARE)
    INSERT INTO rasa.events (sender_id, type_name, data) SELECT :sender, 'turn', :data FROM held
""")
"""As the store of `bot/` writes: only for the attempt that is the last."""


@dataclass
class RememberingRasa:
    """Answers as it is told by whoever asks; what it is late with waits in `late`."""

    database: Database
    late: list[dict[str, Any]] = field(default_factory=list)
    failed: list[UUID] = field(default_factory=list)
    """The turn of each question that was not answered."""

    def client(self) -> Rasa:
        """The real client, with this Rasa at the other end."""
        return Rasa("http://rasa", "token", 1.0, transport=httpx.MockTransport(self._handle))

    async def work(self, body: dict[str, Any]) -> httpx.Response:
        """The actions of this question, then its place in the memory of the conversation."""
        turn, asked = UUID(body["turn"]), words.answers(body["text"])
        async with self.database.transaction() as session:
            drafts = await leave(session, turn, ACTION, [saying for _, saying in asked])

            async def do() -> dict[str, Any]:
                await session.execute(DONE, {"turn": turn})
                return {}

            await once(session, turn, ACTION, 0, do)
        async with self.database.transaction() as session:
            if not await _remembered(session, body):
                return httpx.Response(500)
        intent = next((intent for intent, _ in asked if intent == words.PERSONAL), words.GENERAL)
        says = [{"say": draft.say, "draft": str(draft.id)} for draft in drafts]
        return httpx.Response(200, json=heard(intent) | {"says": says})

    async def _handle(self, request: httpx.Request) -> httpx.Response:
        body, actor = json.loads(request.content), ACTOR.get()
        assert actor, "somebody asks"
        await reach()
        how = actor.asked.pop(0) if actor.asked else Asked.answers
        with actor.elsewhere():
            answer = await self._answer(body, how, request)
        if answer.status_code != httpx.codes.OK or how is Asked.silent:
            self.failed.append(UUID(body["turn"]))
        await reach()
        return answer

    async def _answer(self, body: dict[str, Any], how: Asked, request: httpx.Request) -> httpx.Response:
        if how is Asked.late:
            self.late.append(body)
            self.failed.append(UUID(body["turn"]))
            raise httpx.ReadTimeout("too late", request=request)
        if how is Asked.refuses:
            return httpx.Response(500)
        answer = await self.work(body)
        if how is Asked.away:
            self.failed.append(UUID(body["turn"]))
            raise httpx.ReadError("the line broke", request=request)
        return httpx.Response(200, json=heard(words.GENERAL)) if how is Asked.silent else answer


async def _remembered(session: AsyncSession, body: dict[str, Any]) -> bool:
    values = {"sender": body["conversation"], "fence": body["fence"], "data": body["turn"]}
    result = await session.execute(REMEMBER, values)
    return bool(result.rowcount)  # type: ignore[attr-defined]
