"""Another date: three free hours at a time, and the old one given back only once the new one is theirs."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments import changes, slots
from api.appointments.asking import Wish, facts, in_words, listed, none_ahead, tell_service
from api.appointments.changes import Hold
from api.appointments.naming import named
from api.appointments.tables import Appointment, Slot, Status
from api.appointments.undoing import given_up
from api.core.clock import paris
from api.core.dates import Reading
from api.core.dates.hours import OPEN
from api.core.wanted_times import Wanted, exactly, week_after
from api.escalations.tables import Reason
from api.texts.schemas import Saying


async def move(session: AsyncSession, wish: Wish) -> list[Saying]:
    """One step of a move: which appointment, which hour, then done."""
    ahead, chosen = await changes.ahead(session, wish.person.id, wish.now), wish.appointment
    if chosen is None:
        if not ahead:
            return await _instead(session, wish)
        meant = named(ahead, wish.said) or (ahead[0] if len(ahead) == 1 else None)
        if meant is None:
            return [Saying("move_which", {"appointments": listed(ahead[:4])})]
        chosen = meant.id
    appointment = await changes.of_person(session, wish.person.id, chosen)
    if appointment is None or appointment.status is not Status.unknown or appointment.starts_at <= wish.now:
        return await none_ahead(session, wish)
    held = changes.hold(appointment, wish.now)
    if held:
        return await _held(session, wish, appointment, held)
    if wish.week_after:
        wish = replace(wish, wanted=week_after(appointment.starts_at, wish.hours))
    return await _take(session, wish, appointment) if wish.slot else await _offer(session, wish, appointment)


async def _instead(session: AsyncSession, wish: Wish) -> list[Saying]:
    """Nothing stands: free hours, where the person gave one up of late and wants another date after all."""
    gone = await given_up(session, replace(wish, wanted=None, said=Reading()))
    wish = await counted(session, wish)
    said, offer = await hours(session, wish, [gone.category]) if gone else ([], {})
    return [*said, Saying("book_slots", offer)] if offer else await none_ahead(session, wish)


async def counted(session: AsyncSession, wish: Wish) -> Wish:
    """With the week after that of the appointment that was given up, where nothing stands from which to count."""
    if not wish.week_after or wish.wanted or await changes.ahead(session, wish.person.id, wish.now):
        return wish
    gone = await given_up(session, replace(wish, said=Reading()))
    return replace(wish, wanted=week_after(gone.starts_at, wish.hours)) if gone else wish


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
        within = _without(wish, wanted)
        found = await slots.free(session, wish.person, categories, wish.now, wish.after, wanted=within)
        if found and wanted == wish.wanted:
            return [], offered(found) | {"wanted": str(wanted or "")}
        if found:
            return [Saying("slots_not_then", {"more": bool(wish.after)})], offered(found)
    return [], {}


def _without(wish: Wish, wanted: Wanted | None) -> Wanted | None:
    """The same, without the days on which they said that they cannot."""
    if not wish.refused:
        return wanted
    return replace(wanted or Wanted(paris(wish.now).date(), None, OPEN), refused=wish.refused)


def offered(found: list[Slot]) -> dict[str, object]:
    """Facts of a question about hours: one button each, and whatever comes after the last."""
    items = [{"id": str(slot.id), "starts_at": slot.starts_at, "how": slot.location_type.value} for slot in found]
    return {"slots": items, "after": str(found[-1].id)}
