"""Another date: three free hours at a time, and the old one given back only once the new one is theirs."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments import changes, slots
from api.appointments.asking import Wish, facts, in_words, listed, none_ahead, tell_service
from api.appointments.changes import Hold
from api.appointments.tables import Appointment, Slot, Status
from api.core.wanted_times import exactly, week_after
from api.escalations.tables import Reason
from api.texts.schemas import Saying


async def move(session: AsyncSession, wish: Wish) -> list[Saying]:
    """One step of a move: which appointment, which hour, then done."""
    ahead = await changes.ahead(session, wish.person.id, wish.now)
    if wish.appointment is None:
        if not ahead:
            return await none_ahead(session, wish)
        if len(ahead) > 1:
            return [Saying("move_which", {"appointments": listed(ahead[:4])})]
    appointment = await changes.of_person(session, wish.person.id, wish.appointment or ahead[0].id)
    if appointment is None or appointment.status is not Status.unknown or appointment.starts_at <= wish.now:
        return await none_ahead(session, wish)
    held = changes.hold(appointment, wish.now)
    if held:
        return await _held(session, wish, appointment, held)
    if wish.week_after:
        wish = replace(wish, wanted=week_after(appointment.starts_at))
    return await _take(session, wish, appointment) if wish.slot else await _offer(session, wish, appointment)


async def _held(session: AsyncSession, wish: Wish, appointment: Appointment, held: Hold) -> list[Saying]:
    known = await facts(session, appointment)
    if held is Hold.too_late:
        return [Saying("move_too_late", known)]
    promise = await tell_service(session, wish, Reason.appointment_change, f"Déplacer : {in_words(appointment)}")
    return [Saying("move_passed_on", known | promise.facts)]


async def _offer(session: AsyncSession, wish: Wish, appointment: Appointment) -> list[Saying]:
    known = await facts(session, appointment)
    said, offer = await hours(session, wish, [appointment.category])
    if offer:
        return [*said, Saying("move_slots", known | offer)]
    promise = await tell_service(session, wish, Reason.no_slot, f"Aucun créneau : {in_words(appointment)}")
    return [Saying("move_no_more" if wish.after else "move_no_slot", known | promise.facts)]


async def _take(session: AsyncSession, wish: Wish, appointment: Appointment) -> list[Saying]:
    taken = await slots.take(session, wish.slot, wish.person, wish.now) if wish.slot else None
    if taken is None:
        return [Saying("slot_gone"), *await _offer(session, wish, appointment)]
    taken.title, taken.category, taken.documents = appointment.title, appointment.category, appointment.documents
    before = appointment.starts_at
    await changes.cancel(session, appointment, wish.now)
    return [Saying("move_done", await facts(session, taken) | {"before": before, "again": str(exactly(before))})]


async def hours(session: AsyncSession, wish: Wish, categories: Sequence[str]) -> tuple[list[Saying], dict[str, object]]:
    """Facts of a question about hours, empty when none is free; and what is said first when none is as wished."""
    for wanted in (wish.wanted, wish.wanted and wish.wanted.onwards, None):
        found = await slots.free(session, wish.person, categories, wish.now, wish.after, wanted=wanted)
        if found and wanted == wish.wanted:
            return [], offered(found) | {"wanted": str(wanted or "")}
        if found:
            return [Saying("slots_not_then", {"more": bool(wish.after)})], offered(found)
    return [], {}


def offered(found: list[Slot]) -> dict[str, object]:
    """Facts of a question about hours: one button each, and whatever comes after the last."""
    items = [{"id": str(slot.id), "starts_at": slot.starts_at, "how": slot.location_type.value} for slot in found]
    return {"slots": items, "after": str(found[-1].id)}
