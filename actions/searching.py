"""A place, a word or "d'autres": said of whichever search was begun last."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions.acting import Answer, HentAction, entities_of
from actions.slots import SUPPORT, TRAINING, open_search
from actions.speaker import Speaker
from actions.support import MoreSupport, SearchSupport, themes_of
from actions.training import MoreTrainings, SearchTraining
from api.conversations.said_before import last_said_by_us
from api.core.database import Database
from api.support.themes import themes
from api.texts.schemas import Saying
from api.training.sayings import ASK_TRADE

HUNGER, FOOD = frozenset({"emergency_food", "perhaps_food"}), "alimentation"
"""Texts after which a place is told to be fed there, and the theme of such help."""
PLACE_ALONE = Saying("place_for_what")


class RefineSearch(HentAction):
    """An answer to our question, or a change of mind: "Brest", "plutôt le vélo", "soudeur"."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, "action_refine_search")
        self._training, self._support = SearchTraining(database), SearchSupport(database)

    async def answer(self, session: AsyncSession, speaker: Speaker, tracker: Any) -> Answer:
        """What the search in hand answers; after words on hunger, a place alone asks for food near it."""
        if "trade" not in entities_of(tracker) and not themes_of(tracker.latest_message):
            told = await last_said_by_us(session, speaker.turn_id)
            if not HUNGER.isdisjoint(told):
                return await self._support.search(session, speaker, tracker, themes()[FOOD])
        action = self._support if about_support(tracker) else self._training
        answer = await action.answer(session, speaker, tracker)
        return Answer([PLACE_ALONE], answer.slots) if _names_a_place_alone(tracker, answer) else answer


class MoreResults(HentAction):
    """The next page of the search in hand."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, "action_more_results")
        self._training, self._support = MoreTrainings(database), MoreSupport(database)

    async def answer(self, session: AsyncSession, speaker: Speaker, tracker: Any) -> Answer:
        """What the search in hand answers."""
        action = self._support if open_search(tracker, SUPPORT) else self._training
        return await action.answer(session, speaker, tracker)


def _names_a_place_alone(tracker: Any, answer: Answer) -> bool:
    """Whether a place was named while nothing was looked for: "Vannes", of a person to meet, was asked for a trade."""
    searches = open_search(tracker, TRAINING) or open_search(tracker, SUPPORT)
    return not searches and "place" in entities_of(tracker) and list(answer.sayings) == [ASK_TRADE]


def about_support(tracker: Any) -> bool:
    """Whether a message that refines a search is about help rather than training.

    A trade that is no need begins a search for training ("soudeur"); a need that is no trade begins one for help
    ("vélo"). What is both, or only a place, goes on with the search in hand ("français" is taught, and helped with).
    """
    need, trade = bool(themes_of(tracker.latest_message)), "trade" in entities_of(tracker)
    if trade and not need:
        return False
    if open_search(tracker, SUPPORT):
        return True
    return need and not trade and not open_search(tracker, TRAINING)
