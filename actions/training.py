"""Searching for training, and the next page."""

from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions.acting import Answer, HentAction
from actions.slots import TRAINING, found_answer, occasion, open_search
from actions.speaker import Speaker
from api.authorities.places import clue
from api.conversations.searches import Found
from api.core.clock import today
from api.core.database import Database
from api.training import service
from api.training.refining import dropping, refinement
from api.training.service import Asked
from api.training.trades import named_in
from api.training.wish import known_trade
from api.training.wording import subject, without

COURSE = "training_course"
"""The slot of the session whose details were told last; a new page puts it away."""
TOOLS = frozenset({"remise_niveau", "bureautique"})
"""Beside a trade they say how it is learnt: "une remise à niveau en comptabilité", "de la compta : Sage, Excel"."""
ALONE = 4
"""Words in which a thing is named by itself: "en cuisine plutôt", the place apart."""
REFINES = frozenset({"inform", "ask_more"})


class SearchTraining(HentAction):
    """A search, begun or refined by what the message names."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, "action_search_training")

    async def answer(self, session: AsyncSession, speaker: Speaker, tracker: Any) -> Answer:
        """The first page, or the one question that is still open."""
        asked = asked_in(tracker.latest_message, speaker.near, today())
        return shown(
            await service.search(
                session, occasion(self, speaker, tracker, TRAINING), asked, open_search(tracker, TRAINING)
            )
        )


class MoreTrainings(HentAction):
    """The next page; "d'autres à Quimper ?" is a new place and begins there."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, "action_more_trainings")

    async def answer(self, session: AsyncSession, speaker: Speaker, tracker: Any) -> Answer:
        """The next page of the open search."""
        asked, search_id = asked_in(tracker.latest_message, speaker.near, today()), open_search(tracker, TRAINING)
        if asked.place or asked.trade or asked.refinement:
            return shown(await service.search(session, occasion(self, speaker, tracker, TRAINING), asked, search_id))
        return shown(await service.more(session, occasion(self, speaker, tracker, TRAINING), search_id))


def asked_in(message: dict[str, Any], near: str | None, on: date) -> Asked:
    """What a parsed message asks for; of several places or trades the last counts ("pas Brest, plutôt Quimper").

    `message`: Rasa's latest_message, `{intent: {name}, text, entities: [{entity, value, start, end}]}`; `on`: the day.
    """
    entities, text = message.get("entities") or [], message.get("text") or ""
    last = {entity["entity"]: entity["value"] for entity in entities}
    refined = dropping(last["drop"]) if "drop" in last else refinement(text, on)
    # "À partir du 22 mars" names no département.
    place, trade, hint = last.get("place"), _trade_in(entities), clue(without(text, refined.spans))
    refines = (message.get("intent") or {}).get("name") in REFINES
    if refines and not trade:
        trade = _thing_in(without(text, [(entity["start"], entity["end"]) for entity in entities]))
    # "plutôt à Quimper, c'est mieux" changes the place: what else it says is no subject.
    only_refines = refines and bool(place or hint or refined)
    # "Formations près de Guingamp": the title of a button, whose entities stand nowhere in its words.
    pressed = any(entity["start"] == entity["end"] for entity in entities)
    recognised = [*((entity["start"], entity["end"]) for entity in entities), *refined.spans]
    words = None if trade or only_refines or pressed else subject(text, recognised)
    return Asked(place=place, trade=trade, words=words, hint=hint, near=near, refinement=refined)


def _trade_in(entities: list[dict[str, Any]]) -> str | None:
    """The last trade that is named, or the last that is no mere tool of another."""
    named = [str(entity["value"]) for entity in entities if entity["entity"] == "trade"]
    trades = [one for one in named if not (known := known_trade(one)) or known.code not in TOOLS]
    return next(reversed(trades or named), None)


def _thing_in(text: str) -> str | None:
    """The trade of a thing that is named and hardly anything else: "et cuisine à Quimper" was shown welding there.

    Elsewhere a thing counts only beside a word of work ("ma cuisine est humide").
    """
    named = named_in(text, things=True) if len(text.split()) <= ALONE else []
    return named[-1].code if named else None


def shown(found: Found) -> Answer:
    """A page of courses: none of them is talked about yet."""
    answer = found_answer(TRAINING, found)
    return Answer(answer.sayings, answer.slots | {COURSE: None})
