"""People with an appointment on the same day, as rows: copies of one of the demonstration."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Select, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.tables import Appointment, Status
from api.beneficiaries.tables import Beneficiary, Household
from api.core.columns import Base

MOST = 10_000
"""As many as the fiction block 06 39 98 has numbers."""
AHEAD = timedelta(days=3)


async def crowd(session: AsyncSession, morning: datetime, many: int) -> None:
    """So many (`MOST` at most) to be reminded at `morning`; nobody else of the demonstration is."""
    visit, person = (await session.execute(_model())).one()
    home = await session.get_one(Household, person.household_id)
    visit_row, person_row, home_row = _row(visit), _row(person), _row(home)
    await session.execute(delete(Appointment))
    await session.execute(update(Beneficiary).values(phone=None))
    homes = [home_row | {"id": uuid4(), "case_number": uuid4().hex} for _ in range(many)]
    people = [
        person_row | {"id": uuid4(), "household_id": one["id"], "phone": f"+3363998{nth:04}", "demo_note": None}
        for nth, one in enumerate(homes)
    ]
    visits = [
        visit_row | {"id": uuid4(), "source_id": uuid4().hex, "beneficiary_id": one["id"], "starts_at": morning + AHEAD}
        for one in people
    ]
    for table, rows in ((Household, homes), (Beneficiary, people), (Appointment, visits)):
        await session.execute(insert(table), rows)


def _model() -> Select[Appointment, Beneficiary]:
    rows = select(Appointment, Beneficiary).join(Beneficiary, Beneficiary.id == Appointment.beneficiary_id)
    reminded = rows.where(Appointment.status == Status.unknown, Beneficiary.confidential.is_(False))
    return reminded.order_by(Appointment.starts_at.desc()).limit(1)


def _row(row: Base) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}
