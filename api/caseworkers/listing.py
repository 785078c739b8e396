"""The accounts of an authority, as its administrators see them: who has one, and whether it is protected."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.tables import Organisation
from api.caseworkers.accounts import Account
from api.caseworkers.sessions import IDLE, IN_ALL
from api.caseworkers.tables import AccountInvitation, Caseworker, CaseworkerAccount, CaseworkerSession, Role
from api.core.errors import NotAllowedHere


@dataclass(frozen=True)
class Listed:
    """One account of the authority."""

    id: UUID
    name: str
    email: str
    organisation: str
    role: Role
    active: bool
    second_factor: bool
    sessions: int
    """Open at this moment."""
    invited: bool
    """An invitation waits to be followed."""
    mine: bool


@dataclass(frozen=True)
class Team:
    """Where somebody may work."""

    id: UUID
    name: str


def check_administrator(who: Account) -> None:
    """Raises NotAllowedHere for every other role."""
    if who.role is not Role.administrator:
        raise NotAllowedHere


async def accounts_of(session: AsyncSession, who: Account, now: datetime) -> list[Listed]:
    """Everybody of the authority, by name. Raises NotAllowedHere."""
    check_administrator(who)
    open_now = select(func.count()).where(
        CaseworkerSession.caseworker_id == Caseworker.id,
        CaseworkerSession.ended_at.is_(None),
        CaseworkerSession.seen_at > now - IDLE,
        CaseworkerSession.created_at > now - IN_ALL,
    )
    invited = exists().where(
        AccountInvitation.caseworker_id == Caseworker.id,
        AccountInvitation.used_at.is_(None),
        AccountInvitation.expires_at > now,
    )
    found = (
        select(Caseworker, Organisation.name, CaseworkerAccount.totp_step, open_now.scalar_subquery(), invited)
        .join(Organisation, Organisation.id == Caseworker.organisation_id)
        .outerjoin(CaseworkerAccount, CaseworkerAccount.caseworker_id == Caseworker.id)
        .where(Organisation.authority_code == who.authority_code)
        .order_by(Caseworker.last_name, Caseworker.first_name, Caseworker.id)
    )
    return [
        Listed(
            id=one.id,
            name=f"{one.first_name} {one.last_name}",
            email=one.email,
            organisation=team,
            role=one.role,
            active=one.active,
            second_factor=step is not None,
            sessions=count,
            invited=waits,
            mine=one.id == who.id,
        )
        for one, team, step, count, waits in await session.execute(found)
    ]


async def teams_of(session: AsyncSession, who: Account) -> list[Team]:
    """The teams of the authority, by name. Raises NotAllowedHere."""
    check_administrator(who)
    mine = select(Organisation).where(Organisation.authority_code == who.authority_code)
    return [Team(one.id, one.name) for one in await session.scalars(mine.order_by(Organisation.name))]
