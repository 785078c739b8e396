"""Occasions decided, once each: the message and the row that says so are one transaction, or neither exists."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, String, exists, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.reminding import due, telling, wording
from api.appointments.reminding.barring import Asked, Why, bars
from api.appointments.reminding.occasions import Occasion, standing
from api.appointments.reminding.sending import Ready, Talks, send
from api.appointments.tables import Reminder
from api.beneficiaries.tables import Beneficiary
from api.texts.schemas import Saying
from api.texts.voice import Voices


@dataclass(frozen=True)
class Deciding(Asked):
    """One occasion, whom it is about, and the id that its question will have."""

    id: UUID = field(default_factory=uuid4)


async def decide(session: AsyncSession, voices: Voices, occasions: Sequence[Occasion], now: datetime) -> int:
    """Send what is due on these occasions of one kind, or write down why not; how many were decided here.

    Not here: another worker did or is doing it, or it is no occasion any more. Several at once only of appointments:
    of the others a service may be told, one asker at a time.
    """
    free = await _alone(session, occasions)
    if not free:
        return 0
    ids = [one.beneficiary_id for one in free]
    # Whoever is missing was erased since the list was made.
    people = {row.id: row for row in await session.scalars(select(Beneficiary).where(Beneficiary.id.in_(ids)))}
    asked = [Deciding(one, people[one.beneficiary_id]) for one in free if one.beneficiary_id in people]
    why = await bars(session, asked, now)
    said = await _worded(session, [one for one in asked if one.occasion not in why], now)
    silent = [one for one in asked if not said.get(one.id)]
    sent = await _sent(session, voices, [one for one in asked if said.get(one.id)], said, now)
    return sent + await _not_sent(session, silent, why, now)


async def _alone(session: AsyncSession, occasions: Sequence[Occasion]) -> list[Occasion]:
    """Those that nobody decided or is at: workers with the same list share it, instead of waiting for each other."""
    by_subject = {one.subject: one for one in occasions}
    subjects = literal(list(by_subject), ARRAY(String))
    numbers = literal([_number(one) for one in by_subject.values()], ARRAY(BigInteger))
    asked = func.unnest(subjects, numbers).table_valued("subject", "number", name="asked").render_derived()
    decided = exists().where(Reminder.subject == asked.c.subject, Reminder.kind == occasions[0].kind)
    free = select(asked.c.subject).where(~decided, func.pg_try_advisory_xact_lock(asked.c.number))
    return [by_subject[subject] for subject in await session.scalars(free)]


def _number(occasion: Occasion) -> int:
    name = f"{occasion.kind}/{occasion.subject}".encode()
    return int.from_bytes(hashlib.blake2b(name, digest_size=8).digest(), signed=True)


async def _worded(session: AsyncSession, asked: Sequence[Deciding], now: datetime) -> dict[UUID, list[Saying]]:
    if asked and asked[0].occasion.kind in due.BEFORE:
        return await wording.of_visits(session, {one.id: one for one in asked})
    return {one.id: await wording.of_hours(session, one.occasion, one.person, one.id, now) for one in asked}


async def _sent(
    session: AsyncSession, voices: Voices, asked: Sequence[Deciding], said: dict[UUID, list[Saying]], now: datetime
) -> int:
    if not asked:
        return 0
    talks = await Talks.hold(session, [one.person for one in asked], now)
    stand = set(await standing(session, [one.occasion for one in asked if talks.of(one.person)]))
    fresh = await _written(session, [one for one in asked if one.occasion in stand], {}, now)
    ready = [Ready(one.id, one.person, said[one.id]) for one in asked if one.id in fresh]
    await send(session, voices, talks, ready)
    return len(ready)


async def _not_sent(session: AsyncSession, asked: Sequence[Deciding], why: dict[Occasion, Why], now: datetime) -> int:
    reasons = {one.id: why.get(one.occasion, Why.no_slot) for one in asked}
    fresh = await _written(session, asked, reasons, now)
    for one in asked:
        if one.id in fresh:
            await telling.not_written_to(session, one.occasion, one.person, reasons[one.id], now)
    return len(fresh)


async def _written(session: AsyncSession, asked: Sequence[Deciding], why: dict[UUID, Why], now: datetime) -> set[UUID]:
    """Write the rows that say that they are decided; the ids of those that nobody else wrote first."""
    if not asked:
        return set()
    rows = [
        {
            "id": one.id,
            "subject": one.occasion.subject,
            "kind": one.occasion.kind,
            "beneficiary_id": one.occasion.beneficiary_id,
            "appointment_id": one.occasion.appointment_id,
            "why": why.get(one.id),
            "decided_at": now,
        }
        for one in asked
    ]
    fresh = insert(Reminder).on_conflict_do_nothing(index_elements=["subject", "kind"]).returning(Reminder.id)
    return set(await session.scalars(fresh, rows))
