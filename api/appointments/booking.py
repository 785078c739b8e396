"""A first appointment, or another one: the hours that the person's team keeps free for their step of the pathway."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments import changes, moving, slots
from api.appointments.asking import Wish, facts, tell_service
from api.appointments.sayings import where
from api.appointments.service import visit_of
from api.escalations.tables import Reason
from api.texts.schemas import Saying

ALREADY = "book_already"
"""What is said to whoever has an appointment: then nobody is waiting for one."""
AHEAD_AT_MOST = 3
"""Appointments that one person may hold: hours are few, and others wait for theirs."""


async def book(session: AsyncSession, wish: Wish, categories: Sequence[str]) -> list[Saying]:
    """One step of a booking: what stands already, which hour, then done.

    `categories`: the motif categories that the person's step of the pathway calls for.
    """
    wish = await moving.counted(session, wish)
    if wish.slot:
        return await _take(session, wish, categories)
    ahead = await changes.ahead(session, wish.person.id, wish.now)
    if ahead and wish.answer != "another" and not wish.wanted:
        return [Saying(ALREADY, await facts(session, ahead[0]))]
    return await offer(session, wish, categories)


async def offer(session: AsyncSession, wish: Wish, categories: Sequence[str]) -> list[Saying]:
    """Three free hours; when there is none, the service is asked for one and the person is told."""
    said, hours = await moving.hours(session, wish, categories)
    if hours:
        return [*said, Saying("book_slots", hours)]
    promise = await tell_service(session, wish, Reason.no_slot, "Demande un rendez-vous : aucun créneau libre")
    return [Saying("book_no_more" if wish.after else "book_no_slot", promise.facts)]


async def _take(session: AsyncSession, wish: Wish, categories: Sequence[str]) -> list[Saying]:
    assert wish.slot
    ahead = await changes.ahead(session, wish.person.id, wish.now)
    taken = await slots.held(session, wish.slot, wish.person)
    if taken is None and len(ahead) >= AHEAD_AT_MOST:
        return [Saying(ALREADY, await facts(session, ahead[0]))]
    taken = taken or await slots.take(session, wish.slot, wish.person, wish.now)
    if taken is None:
        return [Saying("slot_gone"), *await offer(session, wish, categories)]
    visit = await visit_of(session, taken.id)
    return [Saying("book_done", await facts(session, taken)), *where(visit)]
