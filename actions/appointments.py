"""The three questions about an appointment."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from actions.acting import Answer, PersonalAction
from actions.speaker import Speaker
from api.appointments import service
from api.beneficiaries.tables import Beneficiary
from api.core.clock import now
from api.core.database import Database
from api.texts.schemas import Saying

QUESTIONS: dict[str, Callable[[AsyncSession, UUID, datetime], Awaitable[list[Saying]]]] = {
    "action_next_appointment": service.next_appointment,
    "action_appointment_place": service.appointment_place,
    "action_appointment_documents": service.appointment_documents,
}


class AboutAppointments(PersonalAction):
    """One of `QUESTIONS`, answered from the person's own file."""

    def __init__(self, database: Database, called: str) -> None:
        super().__init__(database, called)
        self._ask = QUESTIONS[called]

    async def about(self, session: AsyncSession, person: Beneficiary, speaker: Speaker, tracker: Any) -> Answer:
        """The domain's answer."""
        return Answer(await self._ask(session, person.id, now()))
