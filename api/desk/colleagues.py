"""Who works in an organisation and answers at its desk, and to which others a request may go."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.tables import Authority, Organisation
from api.caseworkers.accounts import Account
from api.caseworkers.tables import Caseworker
from api.core.clock import today
from api.core.errors import NotFound
from api.desk.scope import READING, check_role


@dataclass(frozen=True)
class Colleague:
    """Somebody of one's own organisation."""

    id: UUID
    name: str
    absent: bool
    """Today."""


@dataclass(frozen=True)
class Team:
    """An organisation that a request may go to."""

    id: UUID
    name: str
    authority: str


def answers() -> ColumnElement[bool]:
    """Whoever may answer at a desk, present or not."""
    return and_(Caseworker.active, Caseworker.role.in_(READING))


async def colleagues_of(session: AsyncSession, organisation_id: UUID) -> list[Colleague]:
    """Those who answer for an organisation, by name; whoever is absent is among them, and it says so."""
    day = today()
    away = and_(Caseworker.absent_from <= day, or_(Caseworker.absent_until.is_(None), Caseworker.absent_until >= day))
    rows = (
        select(Caseworker.id, Caseworker.first_name, Caseworker.last_name, away)
        .where(Caseworker.organisation_id == organisation_id, answers())
        .order_by(Caseworker.last_name, Caseworker.first_name, Caseworker.id)
    )
    found = await session.execute(rows)
    return [Colleague(id_, f"{first} {last}", bool(absent)) for id_, first, last, absent in found]


async def colleague(session: AsyncSession, who: Account, caseworker_id: UUID) -> Caseworker:
    """One of them, `who` included. Raises NotFound for somebody inactive or of another organisation, as for nobody."""
    mine = (Caseworker.id == caseworker_id, Caseworker.organisation_id == who.organisation_id)
    found = await session.scalar(select(Caseworker).where(*mine, answers()))
    if found is None:
        raise NotFound("Cette personne ne répond pas dans votre équipe.", error="unknown_colleague")
    return found


async def member(session: AsyncSession, who: Account, caseworker_id: UUID) -> Caseworker:
    """Somebody of one's organisation, whether they still answer or not. Raises NotFound."""
    mine = (Caseworker.id == caseworker_id, Caseworker.organisation_id == who.organisation_id)
    found = await session.scalar(select(Caseworker).where(*mine))
    if found is None:
        raise NotFound("Cette personne n'est pas dans votre équipe.", error="unknown_colleague")
    return found


async def other_teams(session: AsyncSession, who: Account) -> list[Team]:
    """Where a request may be passed on to, by authority and name: where somebody answers. Raises NotAllowedHere."""
    check_role(who)
    rows = (
        select(Organisation.id, Organisation.name, Authority.name)
        .join(Authority, Authority.code == Organisation.authority_code)
        .where(_receives(who))
        .order_by(Authority.name, Organisation.name, Organisation.id)
    )
    return [Team(*row) for row in await session.execute(rows)]


async def other_team(session: AsyncSession, who: Account, organisation_id: UUID) -> Organisation:
    """One of them. Raises NotFound: for one's own, and where nobody would ever see the request."""
    mine = select(Organisation).where(Organisation.id == organisation_id, _receives(who))
    found = await session.scalar(mine)
    if found is None:
        raise NotFound("Cette équipe ne reçoit pas de demandes.", error="unknown_organisation")
    return found


def _receives(who: Account) -> ColumnElement[bool]:
    staffed = select(Caseworker.organisation_id).where(answers())
    return and_(Organisation.id != who.organisation_id, Organisation.id.in_(staffed))
