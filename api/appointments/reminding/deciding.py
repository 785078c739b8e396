"""One occasion decided, once: the message and the row that says so are one transaction, or neither exists."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import exists, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.reminding import telling
from api.appointments.reminding.barring import Why, bar
from api.appointments.reminding.occasions import Occasion, stands
from api.appointments.reminding.wording import spoken, wording
from api.appointments.tables import Reminder
from api.beneficiaries.tables import Beneficiary
from api.conversations.outbox import SENDER
from api.conversations.service import by_number, fade, locked
from api.conversations.sms_tables import OutgoingSms, SmsKind
from api.conversations.speaking import say
from api.conversations.tables import Author
from api.core.database import notify
from api.desk import hearing
from api.texts.schemas import Saying
from api.texts.voice import Voices


@dataclass(frozen=True)
class Deciding:
    """One occasion, whom it is about, when it is looked at, and the id that its question will have."""

    occasion: Occasion
    person: Beneficiary
    now: datetime
    id: UUID = field(default_factory=uuid4)


async def decide(session: AsyncSession, voices: Voices, occasion: Occasion, now: datetime) -> bool:
    """Send what is due on this occasion, or write down why not; whether it was decided here.

    Not here: another worker did or is doing it, or it is no occasion any more.
    """
    if not await _alone(session, occasion):
        return False
    person = await session.get(Beneficiary, occasion.beneficiary_id)
    if person is None:
        # Erased since the list was made.
        return False
    asked = Deciding(occasion, person, now)
    why = await bar(session, occasion, person, now)
    said = [] if why else await wording(session, occasion, person, asked.id, now)
    if said:
        return await _send(session, voices, asked, said)
    why = why or Why.no_slot
    if not await _written(session, asked, why):
        return False
    await telling.not_written_to(session, occasion, person, why, now)
    return True


async def _alone(session: AsyncSession, occasion: Occasion) -> bool:
    """Whether nobody decided it or is at it: workers with the same list share it, instead of waiting for each other."""
    name = f"{occasion.kind}/{occasion.subject}".encode()
    number = int.from_bytes(hashlib.blake2b(name, digest_size=8).digest(), signed=True)
    decided = exists().where(Reminder.subject == occasion.subject, Reminder.kind == occasion.kind)
    free = select(func.pg_try_advisory_xact_lock(number), ~decided)
    return all((await session.execute(free)).one())


async def _send(session: AsyncSession, voices: Voices, asked: Deciding, said: list[Saying]) -> bool:
    person = asked.person
    assert person.phone, "whoever has no number is barred"
    talk = await by_number(session, person.phone, SENDER, person.authority_code)
    # Requests, then the conversation, then the appointment: the order of whoever acts on one from the desk.
    requests = await hearing.hold(session, talk.id)
    conversation = await locked(session, talk.id)
    if asked.occasion.appointment_id and await stands(session, asked.occasion) is None:
        return False
    row = await _written(session, asked)
    if row is None:
        return False
    fade(conversation, asked.now)
    text = spoken(said, await voices.of(session, person.authority_code))
    message = await say(session, conversation, Author.assistant, text)
    sms = (await session.scalars(select(OutgoingSms).where(OutgoingSms.message_id == message.id))).one()
    sms.kind, row.sms_id = SmsKind.reminder, sms.id
    # The conversation may have begun with another, before this number was in anybody's file.
    sms.authority_code = person.authority_code
    await notify(session, f"out:{conversation.id}")
    await hearing.overhear(session, requests)
    return True


async def _written(session: AsyncSession, asked: Deciding, why: Why | None = None) -> Reminder | None:
    """The row that says that it is decided; None when somebody else wrote it first."""
    occasion = asked.occasion
    row = insert(Reminder).values(
        id=asked.id,
        subject=occasion.subject,
        kind=occasion.kind,
        beneficiary_id=occasion.beneficiary_id,
        appointment_id=occasion.appointment_id,
        why=why,
        decided_at=asked.now,
    )
    fresh = row.on_conflict_do_nothing(index_elements=["subject", "kind"]).returning(Reminder)
    return await session.scalar(fresh)
