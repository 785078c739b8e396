"""Personal links: made by a caseworker, given in person, good once."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.errors import NotFound
from api.core.sealing import Sealer, new_token
from api.identity.tables import PersonalLink

PURPOSE = "personal link"
LIVES = timedelta(days=7)
"""From one appointment to the next; a link found later in a drawer opens nothing."""


async def make(session: AsyncSession, sealer: Sealer, beneficiary_id: UUID, moment: datetime) -> str:
    """A new link's token, to be shown once."""
    token = new_token()
    digest = sealer.digest(PURPOSE, token)
    session.add(PersonalLink(token_digest=digest, beneficiary_id=beneficiary_id, expires_at=moment + LIVES))
    await session.flush()
    return token


async def redeem(session: AsyncSession, sealer: Sealer, token: str, moment: datetime) -> UUID:
    """The person whose link this is; the link is used up. Raises NotFound, whatever was wrong with it."""
    used = (
        delete(PersonalLink)
        .where(PersonalLink.token_digest == sealer.digest(PURPOSE, token), PersonalLink.expires_at > moment)
        .returning(PersonalLink.beneficiary_id)
    )
    beneficiary_id = await session.scalar(used)
    if beneficiary_id is None:
        raise NotFound("Ce lien n'est plus valable. Demandez-en un autre à votre conseiller.", error="link_unknown")
    return beneficiary_id
