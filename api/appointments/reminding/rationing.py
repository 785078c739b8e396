"""No more people are offered hours at once than there are hours: whoever answers second would find them gone."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.reminding.due import BEFORE
from api.appointments.tables import Reminder, Slot
from api.beneficiaries.tables import Beneficiary

LEAD = timedelta(days=2)
"""An SMS is often answered the day after: what it offers must still be ahead then."""
ON_OFFER = timedelta(days=1)
"""How long hours wait for whoever they were offered to; they answer later, but others are asked by then."""


@dataclass
class Room:
    """How many more people of each team hours can be offered to. Of a team without a free hour, all: it is to know."""

    left: dict[UUID | None, int]

    def has(self, team: UUID | None) -> bool:
        """Whether one more can be."""
        return self.left.get(team, 1) > 0

    def take(self, team: UUID | None) -> bool:
        """One more is, if one can be."""
        if not self.has(team):
            return False
        if team in self.left:
            self.left[team] -= 1
        return True


async def room_at(session: AsyncSession, now: datetime) -> Room:
    """What is left now."""
    free, offered = await _free(session, now), await _offered(session, now)
    return Room({team: hours - offered[team] for team, hours in free.items()})


async def _free(session: AsyncSession, now: datetime) -> dict[UUID | None, int]:
    rows = select(Slot.organisation_id, func.count()).where(Slot.appointment_id.is_(None), Slot.starts_at > now + LEAD)
    return dict((await session.execute(rows.group_by(Slot.organisation_id))).all())


async def _offered(session: AsyncSession, now: datetime) -> Counter[UUID | None]:
    """How many of each team were offered hours lately, and have not said which."""
    rows = (
        select(Beneficiary.organisation_id, func.count())
        .join(Reminder, Reminder.beneficiary_id == Beneficiary.id)
        .where(Reminder.kind.not_in(BEFORE), Reminder.why.is_(None), Reminder.answered_at.is_(None))
        .where(Reminder.decided_at > now - ON_OFFER)
        .group_by(Beneficiary.organisation_id)
    )
    return Counter(dict((await session.execute(rows)).all()))
