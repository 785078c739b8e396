"""People of an organisation whom no SMS reaches: why, when they are expected, and a letter for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.reminding.letters import letter_to, printed
from api.appointments.reminding.unreachable import WORDS, Unreached, unreachable
from api.beneficiaries.tables import Beneficiary
from api.caseworkers.accounts import Account
from api.core.clock import paris
from api.core.errors import NotAllowedHere, NotFound
from api.core.sealing import Sealer
from api.desk.card import fields_of
from api.desk.people import noting
from api.desk.people.scope import followed
from api.desk.scope import READING, check_role
from api.texts.formats import clock_time, day

LIST = "/desk/unreached"
LETTER = "/desk/unreached/{person}/letter"
NEEDED = frozenset({"appointments", "commune", "confidential", "phone"})
"""What the list tells or rests on: an organisation that does not see all of it has no list, and writes no letter."""


@dataclass(frozen=True)
class Line:
    """One of them, in words."""

    id: UUID
    name: str
    why: str
    next_appointment: str | None
    """ "vendredi 27 novembre à 9 h 30"; None: they are to be offered one."""


async def is_for(session: AsyncSession, who: Account) -> bool:
    """Whether this account may see the list."""
    return who.role in READING and await fields_of(session, who.organisation_id) >= NEEDED


async def listed(session: AsyncSession, who: Account, now: datetime) -> list[Line]:
    """Everybody whom their organisation follows, by name. Raises NotAllowedHere."""
    found = await _found(session, who, followed(who), now)
    await noting.look(session, who, LIST)
    return [Line(one.id, one.name, _why(one), _next(one)) for one in found]


async def letter(
    session: AsyncSession, sealer: Sealer, who: Account, person_id: UUID, site: str, now: datetime
) -> bytes:
    """The letter of one of them as PDF, with a code of its own.

    Raises NotAllowedHere; NotFound for whoever is not in the list: another organisation's, a confidential file.
    """
    found = await _found(session, who, followed(who) & (Beneficiary.id == person_id), now)
    return await _printed(session, sealer, who, found, site, now)


async def letters(session: AsyncSession, sealer: Sealer, who: Account, site: str, now: datetime) -> bytes:
    """Those of the whole list, a page each. Raises NotAllowedHere; NotFound if there is nobody."""
    return await _printed(session, sealer, who, await _found(session, who, followed(who), now), site, now)


async def _found(session: AsyncSession, who: Account, whose: ColumnElement[bool], now: datetime) -> list[Unreached]:
    check_role(who)
    if not await is_for(session, who):
        raise NotAllowedHere
    return await unreachable(session, whose, now)


async def _printed(
    session: AsyncSession, sealer: Sealer, who: Account, found: Sequence[Unreached], site: str, now: datetime
) -> bytes:
    if not found:
        raise NotFound("Cette personne n'est pas dans la liste.", error="unknown_person")
    for one in found:
        await noting.act(session, who, LETTER, one.id)
    pages = [await letter_to(session, sealer, one, site, now) for one in found]
    return printed(pages, paris(now).date())


def _next(one: Unreached) -> str | None:
    return f"{day(one.visits[0])} à {clock_time(one.visits[0])}" if one.visits else None


def _why(one: Unreached) -> str:
    words = WORDS[one.why]
    return f"{words[0].upper()}{words[1:]}"
