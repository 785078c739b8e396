"""What is heard, and passed on to the service only after a yes: a complaint, and whatever else asks first."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions.acting import Answer, HentAction, entities_of
from actions.asking import asked_by
from actions.speaker import Speaker
from api.conversations.drafts import say_once
from api.conversations.said_before import said_before
from api.core.clock import now
from api.core.database import Database
from api.escalations.service import Asked, ask_human
from api.escalations.tables import Reason
from api.texts.schemas import Saying


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

                async def asked() -> Asked:
                    said = await said_before(session, speaker.turn_id, about=["complain"])
                    return asked_by(speaker, Reason.complaint, line=said)

                return Answer(await passed_on(self, session, speaker, "complaint_noted", asked))
            case _:
                return Answer([Saying("complain")])


async def passed_on(
    action: HentAction, session: AsyncSession, speaker: Speaker, noted: str, asked: Callable[[], Awaitable[Asked]]
) -> list[Saying]:
    """The service has what `asked` says, once; the text `noted` tells by when it answers."""

    async def do() -> Sequence[Saying]:
        return [Saying(noted, (await ask_human(session, await asked(), now())).facts)]

    return await say_once(session, speaker.turn_id, action.called, do)
