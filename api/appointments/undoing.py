"""An appointment that was moved or cancelled here is taken back, at its very hour, while nobody else has that."""

from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments import changes, slots
from api.appointments.asking import Wish, facts, in_words, tell_service
from api.appointments.naming import named, suits
from api.appointments.tables import Appointment, Slot, Status
from api.core.wanted_times import exactly
from api.escalations.tables import Reason
from api.texts.schemas import Saying

LATELY = timedelta(days=7)
"""Who speaks of "l'ancien rendez-vous" means what changed these days."""


async def undo(session: AsyncSession, wish: Wish) -> list[Saying]:
    """What was given up stands again, instead of what replaced it; nothing is said where nothing can be taken back."""
    gone = await given_up(session, wish)
    if gone is None:
        meant = named(await changes.ahead(session, wish.person.id, wish.now), wish.said)
        return [Saying("cancel_kept", await facts(session, meant))] if meant else []
    instead = await _instead_of(session, wish, gone)
    if (instead and changes.hold(instead, wish.now)) or not await _stands_again(session, gone, wish.now):
        return []
    if instead is None:
        told = f"Vient finalement : {in_words(gone)}"
        await tell_service(session, wish, Reason.appointment_declined, told)
        return [Saying("undo_done", await facts(session, gone))]
    before = instead.starts_at
    await changes.cancel(session, instead, wish.now)
    return [Saying("move_done", await facts(session, gone) | {"before": before, "again": str(exactly(before))})]


async def given_up(session: AsyncSession, wish: Wish) -> Appointment | None:
    """What this person moved or cancelled last and could still come to; of several, the one that their words name."""
    mine = select(Appointment).where(Appointment.beneficiary_id == wish.person.id, Appointment.changeable)
    lately = mine.where(Appointment.status == Status.excused, Appointment.cancelled_at > wish.now - LATELY)
    ahead = lately.where(Appointment.starts_at > wish.now + changes.TOO_LATE, ~Appointment.collective)
    rows = await session.scalars(ahead.order_by(Appointment.cancelled_at.desc()).with_for_update())
    return next((row for row in rows if suits(row, wish.said) and wish.wanted in (None, exactly(row.starts_at))), None)


async def _instead_of(session: AsyncSession, wish: Wish, gone: Appointment) -> Appointment | None:
    """What replaced it: taken at the very instant at which it was given up."""
    ahead = await changes.ahead(session, wish.person.id, wish.now)
    return next((one for one in ahead if one.source_updated_at == gone.cancelled_at), None)


async def _stands_again(session: AsyncSession, gone: Appointment, now: datetime) -> bool:
    """Whether it could be had again: it is then as it was, and revised now."""
    here = select(Slot).where(Slot.organisation_id == gone.organisation_id, Slot.starts_at == gone.starts_at)
    of_theirs = here.where(or_(Slot.caseworker_id.is_(None), Slot.caseworker_id == gone.caseworker_id))
    free = of_theirs.where(Slot.appointment_id.is_(None)).limit(1).with_for_update(skip_locked=True)
    slot = await session.scalar(free.execution_options(populate_existing=True))
    # What was never one of the free hours went back to nobody: only its caseworker may be taken.
    if slot is None and (gone.source == slots.SOURCE or await _is_taken(session, gone)):
        return False
    gone.status, gone.cancelled_at, gone.source_updated_at = Status.unknown, None, now
    await session.flush()
    if slot:
        slot.appointment_id = gone.id
    return True


async def _is_taken(session: AsyncSession, gone: Appointment) -> bool:
    """Whether its caseworker receives somebody else at that hour."""
    if gone.caseworker_id is None:
        return False
    ends = Appointment.starts_at + func.make_interval(0, 0, 0, 0, 0, Appointment.duration_minutes)
    theirs = select(Appointment.id).where(Appointment.caseworker_id == gone.caseworker_id, Appointment.id != gone.id)
    others = theirs.where(Appointment.status == Status.unknown, Appointment.beneficiary_id != gone.beneficiary_id)
    at_once = others.where(Appointment.starts_at < gone.ends_at, ends > gone.starts_at)
    return await session.scalar(at_once.limit(1)) is not None
