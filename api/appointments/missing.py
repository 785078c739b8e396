"""An appointment that was missed: no reproach, no word such as absent; another date, and a reason if wished."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments import changes, slots
from api.appointments.asking import Wish, facts
from api.appointments.moving import offered
from api.appointments.tables import Appointment, Status
from api.texts.schemas import Saying

LOOKS_BACK = timedelta(days=60)
"""People who write that they missed one mean the last; two months later another pathway step has begun."""


async def missed(session: AsyncSession, wish: Wish, categories: Sequence[str]) -> list[Saying]:
    """Which one it may have been, and hours for another; the general words are said beside."""
    past = await _last(session, wish)
    if past is None:
        return []
    known = await facts(session, past)
    if wish.answer == "why":
        return [Saying("cancel_why", known)]
    ahead = await changes.ahead(session, wish.person.id, wish.now)
    if ahead:
        return [Saying("missed_next", await facts(session, ahead[0]))]
    found = await slots.free(session, wish.person, [past.category, *categories], wish.now)
    return [Saying("missed_slots", known | offered(found))] if found else [Saying("missed_no_slot", known)]


async def _last(session: AsyncSession, wish: Wish) -> Appointment | None:
    mine = select(Appointment).where(Appointment.beneficiary_id == wish.person.id)
    past = mine.where(Appointment.starts_at.between(wish.now - LOOKS_BACK, wish.now))
    # `unknown` says nothing yet; what is noted as held was not missed.
    open_to_doubt = past.where(Appointment.status.in_([Status.unknown, Status.noshow]))
    return await session.scalar(open_to_doubt.order_by(Appointment.starts_at.desc()).limit(1))
