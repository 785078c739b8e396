"""Who looked at whose file, for the auditors of an authority: never what was read."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from api.authorities.tables import Organisation
from api.beneficiaries.tables import Beneficiary
from api.caseworkers.accounts import Account
from api.caseworkers.tables import Caseworker, Role
from api.core.clock import PARIS
from api.core.errors import NotAllowedHere
from api.desk.journal_words import words_for
from api.desk.tables import Access

PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """Which entries: of one caseworker, on these days of Paris, both included."""

    caseworker: UUID | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Entry:
    """One look, or one act: at a person's file, upon a caseworker's account, or neither."""

    at: datetime
    who: str
    what: str
    person: str | None
    account: str | None


@dataclass(frozen=True)
class Named:
    """Somebody of whom one may ask."""

    id: UUID
    name: str


@dataclass(frozen=True)
class Journal:
    """One page, the last entry first."""

    total: int
    items: list[Entry]
    caseworkers: list[Named]


async def journal(session: AsyncSession, who: Account, wanted: Wanted, after: int = 0) -> Journal:
    """What the colleagues of the auditor's authority looked at, and who looked at its people; fifty past `after`.

    Raises NotAllowedHere for every other role.
    """
    if who.role is not Role.auditor:
        raise NotAllowedHere
    which = (_of_authority(who), *_wanted(wanted))
    whose = aliased(Caseworker)
    rows = (
        select(Access, Caseworker, Beneficiary, whose)
        .join(Caseworker, Caseworker.id == Access.caseworker_id)
        .join(Organisation, Organisation.id == Caseworker.organisation_id)
        .outerjoin(Beneficiary, Beneficiary.id == Access.beneficiary_id)
        .outerjoin(whose, whose.id == Access.account_id)
        .where(*which)
    )
    total = await session.scalar(select(func.count()).select_from(rows.subquery())) or 0
    page = rows.order_by(Access.created_at.desc(), Access.id).offset(after).limit(PAGE)
    items = [_entry(*row) for row in await session.execute(page)]
    return Journal(total, items, await _colleagues(session, who))


def _of_authority(who: Account) -> ColumnElement[bool]:
    # A file that was passed on may be read by another authority's colleagues: its own auditor must know.
    return or_(Organisation.authority_code == who.authority_code, Beneficiary.authority_code == who.authority_code)


def _wanted(wanted: Wanted) -> list[ColumnElement[bool]]:
    which: list[ColumnElement[bool]] = []
    if wanted.caseworker:
        which.append(Access.caseworker_id == wanted.caseworker)
    if wanted.since:
        which.append(Access.created_at >= _midnight(wanted.since))
    if wanted.until:
        which.append(Access.created_at < _midnight(wanted.until + timedelta(days=1)))
    return which


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, PARIS)


def _entry(access: Access, worker: Caseworker, person: Beneficiary | None, whose: Caseworker | None) -> Entry:
    who, what = f"{worker.first_name} {worker.last_name}", words_for(access.what)
    return Entry(access.created_at, who, what, _name(person), _name(whose))


def _name(one: Beneficiary | Caseworker | None) -> str | None:
    return f"{one.first_name} {one.last_name}" if one else None


async def _colleagues(session: AsyncSession, who: Account) -> list[Named]:
    rows = (
        select(Caseworker)
        .join(Organisation, Organisation.id == Caseworker.organisation_id)
        .where(Organisation.authority_code == who.authority_code)
        .order_by(Caseworker.last_name, Caseworker.first_name, Caseworker.id)
    )
    return [Named(one.id, f"{one.first_name} {one.last_name}") for one in await session.scalars(rows)]
