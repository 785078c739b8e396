"""A person with a mobile and an appointment, on a frozen clock, with or without the right to be written to."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest_asyncio
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.reminding.deciding import decide
from api.appointments.reminding.journeys import of_pathways
from api.appointments.reminding.occasions import of_appointments
from api.appointments.tables import Appointment, Reminder
from api.authorities.tables import Organisation
from api.beneficiaries.tables import Beneficiary
from api.conversations.sms_tables import OutgoingSms
from api.core.clock import PARIS
from api.texts.voice import Voices
from tests import factories

PHONE = "+33639980001"


def at(written: str) -> datetime:
    """An instant as a clock in Paris shows it."""
    return datetime.fromisoformat(written).replace(tzinfo=PARIS).astimezone(UTC)


VISIT = at("2026-11-27 09:30")
"""A Friday."""
THREE_DAYS, ONE_DAY = at("2026-11-24 10:00"), at("2026-11-26 10:00")
LONG_AGO = at("2026-11-02 09:00")


@dataclass
class House:
    """Whom messages go to, and what went."""

    session: AsyncSession
    team: Organisation
    person: Beneficiary

    async def visit(self, starts_at: datetime = VISIT, **given: Any) -> Appointment:
        """An appointment that was made long ago."""
        made: dict[str, Any] = {"organisation_id": self.team.id, "source_updated_at": LONG_AGO} | given
        return await factories.appointment(self.session, made.pop("whose", self.person), starts_at, **made)

    async def look(self, now: datetime) -> int:
        """What a worker does at this moment; how many were decided."""
        due = [*await of_appointments(self.session, now), *await of_pathways(self.session, now)]
        return sum([await decide(self.session, Voices(), [one], now) for one in due])

    async def sent(self) -> list[str]:
        """Every text on its way out, in order."""
        rows = select(OutgoingSms.text).where(OutgoingSms.kind == "reminder").order_by(OutgoingSms.created_at)
        return [text or "" for text in await self.session.scalars(rows)]

    async def why(self) -> list[tuple[str, str | None]]:
        """Every decision: its kind, and why nothing was sent."""
        rows = await self.session.scalars(select(Reminder).order_by(Reminder.decided_at, Reminder.kind))
        return [(row.kind.value, row.why) for row in rows]

    async def asks(self) -> list[Reminder]:
        """Every question that was sent, in order."""
        asked = select(Reminder).where(Reminder.why.is_(None)).order_by(Reminder.decided_at)
        return list(await self.session.scalars(asked))


@pytest_asyncio.fixture
async def house(session: AsyncSession) -> House:
    """One team, and a person whom it follows."""
    team = await factories.organisation(session)
    return House(session, team, await factories.person(session, phone=PHONE, organisation_id=team.id))
