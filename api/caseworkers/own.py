"""One's own account, as one reads it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.hours import opening_phrase
from api.authorities.tables import Authority, Organisation
from api.caseworkers.accounts import Account
from api.caseworkers.tables import Caseworker


@dataclass(frozen=True)
class Own:
    """How people and colleagues reach somebody."""

    email: str
    phone: str
    hours: str
    """In French; their team's, or the authority's, where they have none of their own."""
    absent_from: date | None
    absent_until: date | None
    """Last day away; None with `absent_from` set: not known yet."""
    stand_in: str | None


async def own(session: AsyncSession, who: Account) -> Own:
    """What is known of whoever is signed in."""
    worker = await session.get_one(Caseworker, who.id)
    team = await session.get_one(Organisation, worker.organisation_id)
    hours = worker.hours or team.hours or (await session.get_one(Authority, team.authority_code)).hours
    other = await session.get(Caseworker, worker.stand_in_id) if worker.stand_in_id else None
    return Own(
        email=worker.email,
        phone=worker.phone,
        hours=opening_phrase(hours),
        absent_from=worker.absent_from,
        absent_until=worker.absent_until,
        stand_in=f"{other.first_name} {other.last_name}" if other else None,
    )
