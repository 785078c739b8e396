"""Erasing: the conversation at once, the file by a caseworker; each of them once confirmed."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions.acting import Answer, HentAction, entities_of
from actions.asking import asked_by
from actions.speaker import Speaker
from api.conversations.drafts import say_once
from api.conversations.erasing import ERASED, has_open_requests
from api.core.clock import now
from api.core.database import Database
from api.escalations.service import ask_human
from api.escalations.tables import Reason
from api.texts.schemas import Saying

LINE = "Demande que son dossier soit effacé."
"""What the caseworker reads: the person's own words were "oui"."""


class EraseData(HentAction):
    """Somebody wants their data erased: what, then whether they are sure. Nothing is erased here.

    The messages go when the server closes the turn (`api/conversations/erasing.py`): Rasa is still writing now.
    """

    def __init__(self, database: Database) -> None:
        super().__init__(database, "action_delete_data")

    async def answer(self, session: AsyncSession, speaker: Speaker, tracker: Any) -> Answer:
        """The question that comes next, or what became of it. Only our own buttons carry `erase` and `answer`."""
        said = entities_of(tracker)
        match said.get("erase"), said.get("answer"):
            case _, "no":
                return Answer([Saying("erase_nothing")])
            case "conversation", "yes":
                requests = await has_open_requests(session, speaker.conversation_id)
                return Answer([Saying(ERASED, {"requests": requests})])
            case "file", "yes":
                return Answer(await self._ask_caseworker(session, speaker))
            case "file", _:
                return Answer([Saying("erase_file_ask")])
        return Answer([Saying("erase_offer")])

    async def _ask_caseworker(self, session: AsyncSession, speaker: Speaker) -> list[Saying]:
        asked = asked_by(speaker, Reason.erasure, line=LINE)

        async def do() -> Sequence[Saying]:
            promise = await ask_human(session, asked, now())
            # A caseworker knows how to reach whom they follow; a stranger is reached by a number alone.
            return [Saying("erase_file_asked", promise.facts | {"reachable": bool(asked.person or asked.phone)})]

        return await say_once(session, speaker.turn_id, self.called, do)
