"""Whom an account may see: people whom its organisation follows, or who have a request open there; nobody else."""

from uuid import UUID

from sqlalchemy import ColumnElement, exists, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Beneficiary
from api.caseworkers.accounts import Account
from api.core.errors import NotFound
from api.desk import items
from api.desk.scope import check_role
from api.escalations.tables import Escalation, Event


def followed(who: Account) -> ColumnElement[bool]:
    """People whom this account's organisation follows: it may act for them."""
    return Beneficiary.organisation_id == who.organisation_id


def seen(who: Account) -> ColumnElement[bool]:
    """People whom this account may read about."""
    return followed(who) | has_open(who)


def has_open(who: Account) -> ColumnElement[bool]:
    """People with a request that is open in this account's organisation."""
    last = items.turned()
    asked = select(Escalation.id).join(last, true()).where(open_here(who), Escalation.beneficiary_id == Beneficiary.id)
    return exists(asked.where(last.c.event != Event.closed).correlate(Beneficiary))


def open_here(who: Account) -> ColumnElement[bool]:
    """Requests of this account's organisation, about somebody known."""
    return (Escalation.organisation_id == who.organisation_id) & Escalation.beneficiary_id.is_not(None)


async def read(session: AsyncSession, who: Account, person_id: UUID) -> Beneficiary:
    """Somebody whom this account may read about. Raises NotAllowedHere; NotFound for another's, as for nobody."""
    check_role(who)
    return _known(await session.scalar(select(Beneficiary).where(Beneficiary.id == person_id, seen(who))))


async def locked(session: AsyncSession, who: Account, person_id: UUID) -> Beneficiary:
    """Somebody for whom this account may act, locked: one change at a time. Raises NotAllowedHere, NotFound."""
    check_role(who)
    # A share of the key is left to others: a message or an appointment may name this person meanwhile.
    mine = select(Beneficiary).where(Beneficiary.id == person_id, followed(who)).with_for_update(key_share=True)
    return _known(await session.scalar(mine.execution_options(populate_existing=True)))


def _known(person: Beneficiary | None) -> Beneficiary:
    if person is None:
        raise NotFound("Cette personne n'existe pas.", error="unknown_person")
    return person
