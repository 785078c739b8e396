"""What is heard, and passed on to the service only after a yes: a complaint, a letter with a deadline."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions.acting import Answer, HentAction, entities_of
from actions.asking import asked_by
from actions.speaker import Speaker
from api.conversations.drafts import last_facts, say_once
from api.conversations.said_before import said_before
from api.core.clock import now, today
from api.core.database import Database
from api.core.deadlines import read_deadline
from api.escalations.service import ask_human
from api.escalations.tables import Reason
from api.texts.schemas import Saying

OFFER = "letter_offer"


class Complain(HentAction):
    """Somebody is not content: it is heard, and passed on if they want that."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, "action_complain")

    async def answer(self, session: AsyncSession, speaker: Speaker, tracker: Any) -> Answer:
        """The question, then what became of it."""
        match entities_of(tracker).get("answer"):
            case "no":
                return Answer([Saying("complaint_kept")])
            case "yes":
                return Answer(await passed_on(self, session, speaker, "complain"))
            case _:
                return Answer([Saying("complain")])


class AboutLetter(HentAction):
    """A letter: what to look for; if a day is named, somebody may look at it before that day."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, "action_letter")

    async def answer(self, session: AsyncSession, speaker: Speaker, tracker: Any) -> Answer:
        """What everybody should know, with the question; then what became of it."""
        match entities_of(tracker).get("answer"):
            case "no":
                return Answer([Saying("letter_kept")])
            case "yes":
                return Answer(await passed_on(self, session, speaker, "ask_letter"))
        read = read_deadline(speaker.text, today())
        # Counted from today, "sous quinze jours" may end too late: what is in doubt is not promised.
        offered = [Saying(OFFER, {"deadline": read.day})] if read and read.doubt is None else []
        return Answer([Saying("ask_letter"), *offered])


REASONS = {"complain": Reason.complaint, "ask_letter": Reason.letter}
NOTED = {"complain": "complaint_noted", "ask_letter": "letter_noted"}


async def passed_on(action: HentAction, session: AsyncSession, speaker: Speaker, intent: str) -> list[Saying]:
    """The service has the person's own words, once; a letter's day is the one that the question named."""

    async def do() -> Sequence[Saying]:
        said = await said_before(session, speaker.turn_id, about=[intent])
        offered = await last_facts(session, speaker.conversation_id, [OFFER]) if intent == "ask_letter" else {}
        deadline = date.fromisoformat(offered["deadline"]) if offered else None
        asked = replace(asked_by(speaker, REASONS[intent], line=said), deadline=deadline)
        return [Saying(NOTED[intent], (await ask_human(session, asked, now())).facts)]

    return await say_once(session, speaker.turn_id, action.called, do)
