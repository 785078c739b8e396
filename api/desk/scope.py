"""What an account may reach: requests of its own organisation, and only by a role that reads messages."""

from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.caseworkers.accounts import Account
from api.caseworkers.tables import Role
from api.core.errors import NotAllowedHere, NotFound
from api.escalations.tables import Escalation

READING = frozenset({Role.caseworker, Role.supervisor})


def check_role(who: Account) -> None:
    """Raises NotAllowedHere for a role that reads no message."""
    if who.role not in READING:
        raise NotAllowedHere


def check_supervisor(who: Account) -> None:
    """Raises NotAllowedHere for whoever is not responsible for a team."""
    if who.role is not Role.supervisor:
        raise NotAllowedHere


async def reachable(session: AsyncSession, who: Account, escalation_id: UUID, *, lock: bool = False) -> Escalation:
    """The request, locked if need be. Raises NotAllowedHere; NotFound for another organisation's, as for none."""
    check_role(who)
    mine = Escalation.organisation_id == who.organisation_id
    if lock:
        return await locked(session, escalation_id, mine)
    return _known(await session.scalar(select(Escalation).where(Escalation.id == escalation_id, mine)))


async def locked(session: AsyncSession, escalation_id: UUID, *which: ColumnElement[bool]) -> Escalation:
    """The request as it stands, for whoever changes it or adds to its thread. Raises NotFound.

    A share of its key is left to others: a message of the person, who holds the conversation, names it in the feed.
    """
    mine = select(Escalation).where(Escalation.id == escalation_id, *which).with_for_update(key_share=True)
    return _known(await session.scalar(mine.execution_options(populate_existing=True)))


def _known(row: Escalation | None) -> Escalation:
    if row is None:
        raise NotFound("Cette demande n'existe pas.", error="unknown_escalation")
    return row
