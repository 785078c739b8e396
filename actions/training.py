"""Searching for training, and the next page."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from actions.acting import Answer, HentAction
from actions.speaker import Speaker
from api.authorities.places import clue
from api.conversations.searches import Found, Occasion
from api.core.database import Database
from api.training import service
from api.training.service import Asked
from api.training.wording import subject

SLOT = "training_search"
REFINES = frozenset({"inform", "ask_more"})


class SearchTraining(HentAction):
    """A search, begun or refined by what the message names."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, "action_search_training")

    async def answer(self, session: AsyncSession, speaker: Speaker, tracker: Any) -> Answer:
        """The first page, or the one question that is still open."""
        asked = asked_in(tracker.latest_message, speaker.near)
        return _answer(await service.search(session, _occasion(self, speaker), asked, _open_search(tracker)))


class MoreTrainings(HentAction):
    """The next page; "d'autres à Quimper ?" is a new place and begins there."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, "action_more_trainings")

    async def answer(self, session: AsyncSession, speaker: Speaker, tracker: Any) -> Answer:
        """The next page of the open search."""
        occasion, search_id = _occasion(self, speaker), _open_search(tracker)
        asked = asked_in(tracker.latest_message, speaker.near)
        if asked.place or asked.trade:
            return _answer(await service.search(session, occasion, asked, search_id))
        return _answer(await service.more(session, occasion, search_id))


def asked_in(message: dict[str, Any], near: str | None) -> Asked:
    """What a parsed message asks for; of several places or trades the last counts ("pas Brest, plutôt Quimper").

    `message`: Rasa's latest_message, `{intent: {name}, text, entities: [{entity, value, start, end}]}`.
    """
    entities, text = message.get("entities") or [], message.get("text") or ""
    last = {entity["entity"]: entity["value"] for entity in entities}
    place, trade, hint = last.get("place"), last.get("trade"), clue(text)
    # "plutôt à Quimper, c'est mieux" changes the place: what else it says is no subject.
    only_refines = (message.get("intent") or {}).get("name") in REFINES and bool(place or hint)
    words = None if trade or only_refines else subject(text, [(entity["start"], entity["end"]) for entity in entities])
    return Asked(place=place, trade=trade, words=words, hint=hint, near=near)


def _occasion(action: HentAction, speaker: Speaker) -> Occasion:
    return Occasion(speaker.conversation_id, speaker.turn_id, action.called)


def _open_search(tracker: Any) -> UUID | None:
    known = tracker.slots.get(SLOT)
    return UUID(known) if known else None


def _answer(found: Found) -> Answer:
    return Answer(found.sayings, {SLOT: str(found.search_id)})
