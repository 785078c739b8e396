"""Where reminders of a letter go: to the telephone that writes, to a known person's own, or onto the page."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Beneficiary
from api.desk.people.numbers import barred
from api.identity.reading import read_phone
from api.letters.barring import is_barred
from api.letters.keeping import Where
from api.privacy.audience import Audience, Channel, Level


async def place_of(
    session: AsyncSession, talk_id: UUID, person: Beneficiary | None, audience: Audience, phone: str | None
) -> Where | None:
    """For a conversation, with whom it speaks and the number that writes (E.164); None: nowhere."""
    if audience.channel is Channel.web:
        phone = await _own(session, person) if person and audience.level in (Level.code, Level.link) else None
    where = Where(talk_id, person.id if person else None, phone)
    return None if await is_barred(session, where.conversation_id, where.person_id, where.phone) else where


async def _own(session: AsyncSession, person: Beneficiary) -> str | None:
    """A mobile that is theirs alone and takes our messages; without one, the page is left."""
    phone = person.phone
    reached = phone and read_phone(phone) == phone and not await barred(session, [person.id])
    return phone if reached else None
