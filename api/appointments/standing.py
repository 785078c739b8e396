"""What has become of an appointment since it was told."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.cards import Card
from api.appointments.outlook import CANCELLED
from api.appointments.tables import Appointment


class State(StrEnum):
    """What a card says of its appointment now."""

    stands = "stands"
    changed = "changed"
    """It has another hour, or another place."""
    cancelled = "cancelled"
    over = "over"
    unknown = "unknown"
    """It may have changed, and whoever reads this may not hear of it."""


async def of_person(session: AsyncSession, beneficiary_id: UUID, ids: Collection[str]) -> dict[str, Appointment]:
    """Those of these appointments that are this person's and still known, by id."""
    mine = select(Appointment).where(Appointment.beneficiary_id == beneficiary_id)
    rows = await session.scalars(mine.where(Appointment.id.in_([UUID(one) for one in ids])))
    return {str(row.id): row for row in rows}


def state(card: Card, row: Appointment | None, now: datetime) -> State:
    """What to say of a card; `row`: its appointment, None where it may not be looked at."""
    over = (row.ends_at if row else datetime.fromisoformat(card["ends_at"])) <= now
    cancelled = row.status in CANCELLED if row else bool(card.get("cancelled"))
    if cancelled:
        return State.cancelled
    if over:
        return State.over
    if row is None:
        return State.unknown
    return State.changed if _differs(card, row) else State.stands


def _differs(card: Card, row: Appointment) -> bool:
    elsewhere = "address" in card and card["address"] != row.address
    return elsewhere or datetime.fromisoformat(card["starts_at"]) != row.starts_at
