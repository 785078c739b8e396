"""No more people are offered hours at once than there are hours: whoever answers second would find them gone."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.reminding.due import BEFORE
from api.appointments.reminding.occasions import Occasion
from api.appointments.tables import Reminder, Slot
from api.beneficiaries.tables import Beneficiary

LEAD = timedelta(days=2)
"""An SMS is often answered the day after: what it offers must still be ahead then."""
ON_OFFER = timedelta(days=1)
"""How long hours wait for whoever they were offered to; they answer later, but others are asked by then."""


async def rationed(session: AsyncSession, occasions: Sequence[Occasion], now: datetime) -> list[Occasion]:
    """Those that there is room for now; the others come again. Of a team without a free hour, all: it is to know."""
    teams = await _teams(session, [one.beneficiary_id for one in occasions])
    free, offered = await _free(session, now), await _offered(session, now)
    room = {team: hours - offered[team] for team, hours in free.items()}
    kept = []
    for one in occasions:
        team = teams.get(one.beneficiary_id)
        if team not in room:
            kept.append(one)
        elif room[team] > 0:
            room[team] -= 1
            kept.append(one)
    return kept


async def _teams(session: AsyncSession, people: Sequence[UUID]) -> dict[UUID, UUID | None]:
    rows = select(Beneficiary.id, Beneficiary.organisation_id).where(Beneficiary.id.in_(people))
    return dict((await session.execute(rows)).all())


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
