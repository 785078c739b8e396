"""Which collectivité follows a person, and what is said of it."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.communes import communes
from api.authorities.hours import opening_phrase
from api.authorities.tables import Authority, Organisation
from api.core.errors import NotFound

__all__ = ["authority_for_commune", "authority_of", "names_of", "opening_phrase"]

METROPOLES = {"Brest métropole": "brest", "Rennes Métropole": "rennes"}
"""Where the métropole follows people in the département's place."""


async def authority_of(session: AsyncSession, code: str) -> Authority:
    """The collectivité of this code ("cd29", "region", "brest"). Raises NotFound."""
    # PostgreSQL keeps no NUL, which an address can hold.
    authority = await session.get(Authority, code) if code.isalnum() else None
    if authority is None:
        raise NotFound("Cette collectivité n'existe pas.", error="unknown_authority")
    return authority


async def names_of(session: AsyncSession, organisation_id: UUID) -> tuple[str, str]:
    """The names of a team and of its collectivité."""
    team = await session.get_one(Organisation, organisation_id)
    return team.name, (await session.get_one(Authority, team.authority_code)).name


def authority_for_commune(insee: str) -> str:
    """The code of the collectivité that follows the people of a commune. Raises NotFound outside Brittany."""
    commune = communes().get(insee)
    if commune is None:
        raise NotFound("Cette commune n'est pas en Bretagne.", error="unknown_commune")
    return METROPOLES.get(commune.metropole or "", f"cd{commune.departement}")
