"""Fill a demonstration with invented people, their history, free hours and training, the same for the same day."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Exists, delete, exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.tables import Appointment, Invitation, Slot, Status
from api.authorities.tables import Authority, Organisation
from api.beneficiaries.tables import Beneficiary, Household
from api.caseworkers.tables import Caseworker, CaseworkerAccount
from api.core.columns import Base
from api.core.errors import Conflict
from api.core.installation import Installation, Kind
from api.desk.tables import ReadyText
from api.pathways.tables import PathwayFact
from api.seed import (
    appointments,
    authorities,
    invitations,
    pathways,
    people,
    ready_texts,
    slots,
    support,
    training,
)
from api.seed.files import SOURCE, Row
from api.seed.people import DigestWord
from api.support.tables import SupportService
from api.training.tables import Training, TrainingSession


async def seed(
    session: AsyncSession, *, today: date, now: datetime, digest_word: DigestWord, sites: Sequence[str] = ()
) -> None:
    """Write every invented row, or bring it back to what its file says; what people said since then stays.

    Days count from `today`; one appointment begins soon after `now` (aware), the instant of the filling. `sites` are
    the origins that may show the chat.
    Raises Conflict, before anything is written, when the database is not a demonstration's.
    """
    if await session.scalar(select(Installation.kind)) is not Kind.demo:
        raise Conflict("Cette base de données n'est pas une démonstration : elle reste intacte.", error="not_a_demo")
    await _put(session, Authority, authorities.authorities(sites))
    await _put(session, Organisation, authorities.organisations())
    await _put(session, Caseworker, authorities.caseworkers(today))
    await _put(session, CaseworkerAccount, authorities.accounts())
    await _put(session, ReadyText, ready_texts.ready_texts())
    await _put(session, Household, people.households(today))
    await _put(session, Beneficiary, people.beneficiaries(today, now, digest_word))
    await _put_history(session, today, now)
    await _put(session, Training, training.trainings())
    await _put(session, TrainingSession, training.sessions(today))
    await _put(session, SupportService, support.services(today))


async def _put_history(session: AsyncSession, today: date, now: datetime) -> None:
    met = appointments.appointments(today, now)
    await _put(session, Appointment, met)
    await _put(session, Invitation, invitations.invitations(today))
    # A fact cannot be changed, and tomorrow the same ones have other dates: the journal is written anew.
    await _renew(session, PathwayFact, pathways.facts(today, now), PathwayFact.source == SOURCE)
    await _renew(session, Slot, slots.slots(today, met), ~_holding())


def _holding() -> Exists:
    """An hour stays taken as long as the appointment made of it stands, at that hour."""
    mine = exists().where(Appointment.id == Slot.appointment_id, Appointment.starts_at == Slot.starts_at)
    return mine.where(Appointment.status.not_in([Status.excused, Status.revoked]))


async def _put(session: AsyncSession, kind: type[Base], rows: list[Row]) -> None:
    """Write these rows, over those of the same key."""
    table = Base.metadata.tables[kind.__tablename__]
    new = insert(table)
    changed = {name: new.excluded[name] for name in rows[0] if name not in table.primary_key.columns}
    await session.execute(new.on_conflict_do_update(index_elements=table.primary_key.columns, set_=changed), rows)


async def _renew(session: AsyncSession, kind: type[Base], rows: list[Row], former: ColumnElement[bool]) -> None:
    """Write these rows in the place of the former ones; a row that is kept is left as it is."""
    await session.execute(delete(kind).where(former))
    await session.execute(insert(Base.metadata.tables[kind.__tablename__]).on_conflict_do_nothing(), rows)
