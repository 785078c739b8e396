"""Whether the link of an invitation still works: from `expires_at`, never from what its SMS says."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.tables import Invitation
from api.texts.schemas import Saying


async def invitation(session: AsyncSession, beneficiary_id: UUID, now: datetime) -> list[Saying]:
    """What there is to know of the newest invitation; nothing to say when none was sent."""
    mine = select(Invitation).where(Invitation.beneficiary_id == beneficiary_id)
    newest = await session.scalar(mine.order_by(Invitation.sent_at.desc()).limit(1))
    if newest is None:
        return [Saying("invitation_none")]
    if newest.answered_at:
        return [Saying("invitation_answered")]
    if newest.expires_at and newest.expires_at <= now:
        return [Saying("invitation_expired", {"expires_at": newest.expires_at})]
    return [Saying("invitation_open", {"expires_at": newest.expires_at})]
