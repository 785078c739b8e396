"""What every action of ours does alike: one transaction, one call to the domain, drafts for the server to say."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any
from uuid import UUID

from rasa_sdk import Action
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.ext.asyncio import AsyncSession

from actions.speaker import Speaker, speaking
from api.beneficiaries.tables import Beneficiary
from api.conversations.drafts import drafted, leave
from api.core.database import Database
from api.texts.schemas import IDENTIFY_FIRST, Saying

log = logging.getLogger("hent.actions")

SECONDS = 3.0
"""The server waits five for Rasa; an action that is later than this could only answer a turn already given up."""


@dataclass(frozen=True)
class Answer:
    """What to say, and the ids that Rasa keeps until the next turn."""

    sayings: Sequence[Saying]
    slots: dict[str, str | None] = field(default_factory=dict)


class HentAction(Action):
    """An action on the database. Nothing personal goes back to Rasa: names of texts and ids of drafts only."""

    def __init__(self, database: Database, called: str) -> None:
        self._database = database
        self.called = called

    def name(self) -> str:
        """As Rasa's domain calls it."""
        return self.called

    async def answer(self, session: AsyncSession, speaker: Speaker, tracker: Any) -> Answer:
        """One call to the domain."""
        raise NotImplementedError

    async def run(self, dispatcher: CollectingDispatcher, tracker: Any, domain: Any) -> list[EventType]:
        """Answer the turn; run again for the same turn, say the same. Raises TimeoutError after three seconds."""
        began = perf_counter()
        async with asyncio.timeout(SECONDS), self._database.transaction() as session:
            speaker = await speaking(session, tracker)
            answer = await self.answer(session, speaker, tracker)
            # The first words stay: an answer worked out later may be longer and would mix with them.
            known = await drafted(session, speaker.turn_id, self.called)
            drafts = known or await leave(session, speaker.turn_id, self.called, answer.sayings)
        spent = round((perf_counter() - began) * 1000, 1)
        log.info("%s", self.called, extra={"turn": str(speaker.turn_id), "milliseconds": spent})
        for draft in drafts:
            dispatcher.utter_message(json_message={"say": draft.say, "draft": str(draft.id)})
        return [SlotSet(slot, value) for slot, value in answer.slots.items()]


class PersonalAction(HentAction):
    """An action on somebody's own file: run only for whoever may hear and change it, and once a turn.

    Whoever may not is never answered from a file: the server then asks who is speaking, or refuses in fixed words.
    """

    async def answer(self, session: AsyncSession, speaker: Speaker, tracker: Any) -> Answer:
        """The answer about the person who may be answered."""
        person = speaker.may_act(intent_of(tracker))
        if person is None:
            return Answer([Saying(IDENTIFY_FIRST)])
        return await self.about(session, person, speaker, tracker)

    async def about(self, session: AsyncSession, person: Beneficiary, speaker: Speaker, tracker: Any) -> Answer:
        """One call to the domain, about this person."""
        raise NotImplementedError


def intent_of(tracker: Any) -> str:
    """What the message was understood as."""
    return str((tracker.latest_message.get("intent") or {}).get("name") or "")


def words_of(tracker: Any) -> str:
    """What Rasa read: its own request of a message, as the normaliser writes it, also where the message is sealed."""
    return str(tracker.latest_message.get("text") or "")


def entities_of(tracker: Any) -> dict[str, str]:
    """Entity to value; of several of one name the last counts ("pas Brest, plutôt Quimper")."""
    return {entity["entity"]: entity["value"] for entity in tracker.latest_message.get("entities") or []}


def id_of(written: str | None) -> UUID | None:
    """The id that a button or a slot carries; None where it carries none, or something else."""
    try:
        return UUID(written) if written else None
    except ValueError:
        return None
