"""The three questions about an appointment."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from actions.acting import Answer, HentAction
from actions.speaker import Speaker
from api.appointments import service
from api.core.clock import now
from api.core.database import Database
from api.texts.schemas import IDENTIFY_FIRST, Saying

QUESTIONS: dict[str, Callable[[AsyncSession, UUID, datetime], Awaitable[list[Saying]]]] = {
    "action_next_appointment": service.next_appointment,
    "action_appointment_place": service.appointment_place,
    "action_appointment_documents": service.appointment_documents,
}


class AboutAppointments(HentAction):
    """One of `QUESTIONS`, answered from the person's own file."""

    def __init__(self, database: Database, called: str) -> None:
        super().__init__(database, called)
        self._ask = QUESTIONS[called]

    async def answer(self, session: AsyncSession, speaker: Speaker, tracker: Any) -> Answer:
        """The domain's answer; to nobody, that they must say first who they are."""
        if speaker.person is None:
            return Answer([Saying(IDENTIFY_FIRST)])
        return Answer(await self._ask(session, speaker.person.id, now()))
