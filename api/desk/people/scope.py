"""Whom an account may see: people whom its organisation follows, or who have a request open there; nobody else."""

from uuid import UUID

from sqlalchemy import ColumnElement, exists, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import load_only
from sqlalchemy.orm.interfaces import ORMOption

from api.beneficiaries.tables import Beneficiary
from api.caseworkers.accounts import Account
from api.core.errors import NotFound
from api.desk import items
from api.desk.card import ALWAYS, COLUMNS
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


def only(shown: frozenset[str]) -> ORMOption:
    """The columns of a file that are read: any other that is asked of it raises an error."""
    read = [*ALWAYS, Beneficiary.organisation_id, *(column for name, column in COLUMNS.items() if name in shown)]
    return load_only(*read, raiseload=True)


async def read(session: AsyncSession, who: Account, person_id: UUID, shown: frozenset[str]) -> Beneficiary:
    """Somebody whom this account may read about, with these fields.

    Raises NotAllowedHere; NotFound for another organisation's, as for nobody.
    """
    check_role(who)
    mine = select(Beneficiary).where(Beneficiary.id == person_id, seen(who))
    return _known(await session.scalar(mine.options(only(shown))))


async def acted_for(session: AsyncSession, who: Account, person_id: UUID, *, lock: bool = True) -> Beneficiary:
    """Somebody for whom this account may act; locked, so that changes come one at a time.

    Raises NotAllowedHere; NotFound for somebody whom another organisation follows, as for nobody.
    """
    check_role(who)
    mine = select(Beneficiary).where(Beneficiary.id == person_id, followed(who))
    if lock:
        # A share of the key is left to others: a message or an appointment may name this person meanwhile.
        mine = mine.with_for_update(key_share=True)
    return _known(await session.scalar(mine.execution_options(populate_existing=True)))


def _known(person: Beneficiary | None) -> Beneficiary:
    if person is None:
        raise NotFound("Cette personne n'existe pas.", error="unknown_person")
    return person
