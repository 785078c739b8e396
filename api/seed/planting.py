"""Fill a demonstration with invented people, appointments and training, the same for the same day."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.tables import Appointment
from api.authorities.tables import Authority, Organisation
from api.beneficiaries.tables import Beneficiary, Household
from api.caseworkers.tables import Caseworker
from api.core.columns import Base
from api.core.errors import Conflict
from api.core.installation import Installation, Kind
from api.seed import authorities, people, training
from api.seed.files import Row
from api.seed.people import DigestWord
from api.training.tables import Training, TrainingSession


async def seed(session: AsyncSession, *, today: date, digest_word: DigestWord) -> None:
    """Write every invented row, or bring it back to what its file says; what people said since then stays.

    Raises Conflict, before anything is written, when the database is not a demonstration's.
    """
    if await session.scalar(select(Installation.kind)) is not Kind.demo:
        raise Conflict("Cette base de données n'est pas une démonstration : elle reste intacte.", error="not_a_demo")
    await _put(session, Authority, authorities.authorities())
    await _put(session, Organisation, authorities.organisations())
    await _put(session, Caseworker, authorities.caseworkers())
    await _put(session, Household, people.households(today))
    await _put(session, Beneficiary, people.beneficiaries(today, digest_word))
    await _put(session, Appointment, people.appointments(today))
    await _put(session, Training, training.trainings())
    await _put(session, TrainingSession, training.sessions(today))


async def _put(session: AsyncSession, kind: type[Base], rows: list[Row]) -> None:
    table = Base.metadata.tables[kind.__tablename__]
    new = insert(table)
    changed = {name: new.excluded[name] for name in rows[0] if name not in table.primary_key.columns}
    await session.execute(new.on_conflict_do_update(index_elements=table.primary_key.columns, set_=changed), rows)
