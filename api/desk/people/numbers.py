"""Who can be written to first: a number of their own, that nobody silenced, of a file that is not confidential."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import and_, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Beneficiary
from api.conversations.sms_tables import Silence, SilentNumber


class Bar(StrEnum):
    """Why nothing that we start goes to somebody."""

    no_number = "no_number"
    confidential = "confidential"
    shared = "shared"
    stop = "stop"
    wrong_number = "wrong_number"
    dead = "dead"


WORDS = {
    Bar.no_number: "Aucun numéro de téléphone",
    Bar.confidential: "Dossier confidentiel : rien ne part par SMS",
    Bar.shared: "Numéro partagé : qui lirait n'est pas connu",
    Bar.stop: "A demandé à ne plus recevoir de SMS",
    Bar.wrong_number: "Numéro d'une autre personne",
    Bar.dead: "Numéro qui ne reçoit plus rien",
}
UNREACHABLE = frozenset({Bar.no_number, Bar.stop, Bar.wrong_number, Bar.dead})
"""What somebody should find another number for; a confidential file or a shared number is as it is meant to be."""

SUSPENDED = frozenset({Bar.wrong_number, Bar.dead})
"""What somebody who has spoken with the person may lift; a STOP is the person's own to take back."""


@dataclass(frozen=True)
class Reach:
    """How somebody could be reached."""

    id: UUID
    phone: str | None
    """E.164."""
    confidential: bool


async def barred(session: AsyncSession, ids: Sequence[UUID], *, reminding: bool = False) -> dict[UUID, Bar]:
    """Those of these people to whom nothing is sent first, each with why.

    `reminding`: a confidential file is no bar if its person asked to be reminded at this number.
    """
    asked = and_(literal(reminding), Beneficiary.wants_reminders)
    closed = and_(Beneficiary.confidential, ~asked)
    theirs = select(Beneficiary.id, Beneficiary.phone, closed).where(Beneficiary.id.in_(ids))
    people = [Reach(*row) for row in await session.execute(theirs)]
    phones = {one.phone for one in people if one.phone}
    shared, silent = await _shared(session, phones), await _silent(session, phones)
    found = {one.id: _bar(one, shared, silent) for one in people}
    return {person: bar for person, bar in found.items() if bar}


def _bar(one: Reach, shared: set[str], silent: dict[str, Silence]) -> Bar | None:
    if one.phone is None:
        return Bar.no_number
    if one.confidential:
        return Bar.confidential
    if one.phone in shared:
        return Bar.shared
    return Bar(silent[one.phone]) if one.phone in silent else None


async def _shared(session: AsyncSession, phones: set[str]) -> set[str]:
    many = select(Beneficiary.phone).where(Beneficiary.phone.in_(phones)).group_by(Beneficiary.phone)
    return {phone for phone in await session.scalars(many.having(func.count() > 1)) if phone}


async def _silent(session: AsyncSession, phones: set[str]) -> dict[str, Silence]:
    rows = select(SilentNumber).where(SilentNumber.phone.in_(phones))
    return {row.phone: row.why for row in await session.scalars(rows)}
