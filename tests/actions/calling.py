"""Somebody whose messages reach the actions one by one, as turns of one conversation."""

from typing import Any

import httpx
from sqlalchemy import select

from api.conversations.tables import Conversation, Draft, Message, Turn
from api.core.database import Database
from api.escalations.tables import Escalation
from api.privacy.audience import Level
from tests import factories
from tests.actions.test_listener import ALLOWED, call, says

DAY = [["08:30", "12:00"], ["13:30", "17:00"]]
WEEK = dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), DAY)
PHONE = "+33639980031"


class Caller:
    """Somebody whose messages reach the actions one by one, as turns of one conversation."""

    def __init__(self, database: Database, client: httpx.AsyncClient, conversation: Conversation) -> None:
        self._database, self._client, self.conversation = database, client, conversation

    async def say(self, action: str, intent: str, text: str, **entities: str) -> list[str]:
        """The names of what is said in return; asked twice, as when Rasa's answer was lost."""
        async with self._database.transaction() as session:
            conversation = await session.get_one(Conversation, self.conversation.id)
            turn = await factories.turn(session, conversation)
            message = await session.get_one(Message, turn.message_id)
            message.text, turn.intent = text, intent
        found = [{"entity": name, "value": value, "start": 0, "end": 0} for name, value in entities.items()]
        said = {"intent": {"name": intent}, "text": text, "entities": found}
        who = (str(conversation.id), str(turn.id))
        first = says(await self._client.post("/actions", json=call(action, who, said), headers=ALLOWED))
        again = says(await self._client.post("/actions", json=call(action, who, said), headers=ALLOWED))
        assert first == again
        return first

    async def windows(self) -> list[str]:
        """What the last question offers."""
        async with self._database.transaction() as session:
            last = select(Draft).join(Turn).order_by(Turn.started_at.desc(), Draft.ordinal).limit(1)
            return [one["id"] for one in (await session.scalars(last)).one().facts["windows"]]

    async def asked(self) -> list[Escalation]:
        """Every request, in order."""
        async with self._database.transaction() as session:
            return list(await session.scalars(select(Escalation).order_by(Escalation.created_at)))


async def caller(database: Database, client: httpx.AsyncClient, **given: Any) -> Caller:
    """Somebody in a house that is open every day."""
    async with database.transaction() as session:
        (await factories.authority(session)).hours = WEEK
        return Caller(database, client, await factories.conversation(session, **given))


async def known(database: Database, **given: Any) -> dict[str, Any]:
    """What a conversation with a person who said who they are is made of."""
    async with database.transaction() as session:
        person = await factories.person(session, phone=PHONE, **given)
        return {"level": Level.link if person.confidential else Level.code, "beneficiary_id": person.id}
