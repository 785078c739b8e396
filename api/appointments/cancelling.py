"""Coming, or not: a confirmation is noted, a cancellation is asked twice, a reason is offered and never demanded."""

from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments import changes
from api.appointments.asking import Wish, facts, in_words, listed, none_ahead, tell_service
from api.appointments.changes import Hold
from api.appointments.naming import named
from api.appointments.tables import Appointment, Status
from api.core.wanted_times import exactly
from api.escalations.tables import Reason
from api.texts.schemas import Saying

HELD = {Hold.too_late: "cancel_too_late", Hold.theirs: "cancel_theirs"}


async def confirm(session: AsyncSession, wish: Wish) -> list[Saying]:
    """The next appointment is confirmed; of several, the one that comes first."""
    ahead = await changes.ahead(session, wish.person.id, wish.now)
    if not ahead:
        return await none_ahead(session, wish)
    changes.confirm(ahead[0], wish.now)
    return [Saying("confirm_done", await facts(session, ahead[0]))]


async def cancel(session: AsyncSession, wish: Wish) -> list[Saying]:
    """One step of a cancellation: which one, whether surely, then done; afterwards, why, if the person cares to say."""
    if wish.appointment is None:
        return await (_keep if wish.answer == "no" else _begin)(session, wish)
    appointment = await changes.of_person(session, wish.person.id, wish.appointment)
    if appointment is None:
        return await none_ahead(session, wish)
    if wish.excuse:
        return await _excuse(session, wish, appointment)
    if wish.answer == "why":
        return [Saying("cancel_why", await facts(session, appointment))]
    if appointment.status is not Status.unknown or appointment.starts_at <= wish.now:
        return await none_ahead(session, wish)
    if wish.answer == "no":
        return [Saying("cancel_kept", await facts(session, appointment))]
    if wish.answer == "yes":
        return await _cancel(session, wish, appointment)
    return await _ask(session, wish, appointment)


async def _begin(session: AsyncSession, wish: Wish) -> list[Saying]:
    ahead = await changes.ahead(session, wish.person.id, wish.now)
    if not ahead:
        return await none_ahead(session, wish)
    meant = named(ahead, wish.said) or (ahead[0] if len(ahead) == 1 else None)
    if meant is None:
        return [Saying("cancel_which", {"appointments": listed(ahead[:4])})]
    return await _ask(session, wish, meant)


async def _keep(session: AsyncSession, wish: Wish) -> list[Saying]:
    """Nothing changes: the one that is named, the only one, or what is next."""
    ahead = await changes.ahead(session, wish.person.id, wish.now)
    meant = named(ahead, wish.said) or (ahead[0] if len(ahead) == 1 else None)
    return [Saying("cancel_kept", await facts(session, meant))] if meant else await none_ahead(session, wish)


async def _ask(session: AsyncSession, wish: Wish, appointment: Appointment) -> list[Saying]:
    held = changes.hold(appointment, wish.now)
    return [Saying(HELD[held] if held else "cancel_sure", await facts(session, appointment))]


async def _cancel(session: AsyncSession, wish: Wish, appointment: Appointment) -> list[Saying]:
    known = await facts(session, appointment)
    held = changes.hold(appointment, wish.now)
    if held is Hold.too_late:
        return [Saying(HELD[held], known)]
    if held:
        promise = await tell_service(session, wish, Reason.appointment_change, f"Annuler : {in_words(appointment)}")
        return [Saying("cancel_passed_on", known | promise.facts)]
    await changes.cancel(session, appointment, wish.now)
    told = f"A annulé : {in_words(appointment)}"
    await tell_service(session, wish, Reason.appointment_declined, told)
    return [Saying("cancel_done", known | {"again": str(exactly(appointment.starts_at))})]


async def _excuse(session: AsyncSession, wish: Wish, appointment: Appointment) -> list[Saying]:
    if wish.excuse:
        changes.excuse(appointment, wish.excuse)
    return [Saying("cancel_excuse_noted", await facts(session, appointment))]
