"""A house that wakes from a dump does not do again what it did after it: everything that may have left is held back.

Between the dump and now, days may have passed that this database knows nothing of. docs/decisions/0028-restore.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, Update, and_, delete, func, not_, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.reminding.due import last_morning
from api.appointments.reminding.running import remind
from api.backup.telling import tell_of_it
from api.caseworkers import sessions
from api.caseworkers.tables import AccountInvitation
from api.conversations.routes import Why
from api.conversations.sms_tables import IncomingSms, OutgoingSms, SmsStatus
from api.conversations.tables import Conversation, Message, MessageStatus, ReturnLink
from api.core.database import Database
from api.core.heartbeats import Heartbeat
from api.core.quiet_hours import last_allowed
from api.core.sealing import Sealer
from api.desk.sweeping import sweep
from api.identity.tables import IdentityCheck, LetterCode, PersonalLink
from api.letters.reminding import remind_of_letters
from api.privacy.audience import Channel
from api.texts.voice import Voices

SWEEPS = 20
"""A hundred waits each; one ends within the hour."""
GAP = 10_000
"""Numbers that conversations leave out: a page that was read since the dump knows later ones than this database, and
would wait for the next after those. More than anybody writes between two dumps."""
ONCE = (
    PersonalLink.expires_at,
    LetterCode.expires_at,
    ReturnLink.expires_at,
    AccountInvitation.expires_at,
    IdentityCheck.code_expires_at,
)
"""Secrets that are good once: this database does not know which were used."""


@dataclass(frozen=True)
class Awakened:
    """What was held back, and how far back the dump is."""

    last_sign: datetime
    sms: int
    questions: int


async def end_what_was_over(database: Database, sealer: Sealer, now: datetime) -> None:
    """Let waits that nobody came for end, as they did: what is said of it by SMS is held next.

    Not the SMS that an answer waits on the web: whoever comes back reads it, and its link may have been used.
    """
    async with database.transaction() as session:
        await session.execute(update(Conversation).values(nudged_seq=Conversation.last_seq))
    for _ in range(SWEEPS):
        async with database.transaction() as session:
            await sweep(session, sealer, last_allowed(now))


async def start_what_was_due(database: Database, last_sign: datetime, now: datetime) -> None:
    """Write what the house would have started since the dump, as it would have: none of it leaves, it is held next.

    A morning at a time: what is rationed by the day was, on each of them.
    """
    voices = Voices()
    for morning in _mornings(last_sign, now):
        while await remind(database, voices, morning):
            pass
        while await remind_of_letters(database, voices, morning, by_sms=True):
            pass


async def awaken(session: AsyncSession, now: datetime) -> Awakened:
    """Hold back everything that may have left, and let nothing of before be used or read twice."""
    sign = await last_sign(session)
    held = await _count(session, _held_back(now))
    questions = await _left(session, now)
    await session.execute(update(Conversation).values(lease=None, leased_until=None))
    later = {"last_seq": Conversation.last_seq + GAP, "nudged_seq": Conversation.last_seq + GAP}
    await session.execute(update(Conversation).values(later))
    await tell_of_it(session, sign, now)
    for column in ONCE:
        await session.execute(update(column.class_).where(column > now).values({column.key: now}))
    await sessions.end(session, true(), now)
    await session.execute(delete(Heartbeat))
    return Awakened(sign, held, questions)


async def last_sign(session: AsyncSession) -> datetime:
    """The last instant that this database knows of: a worker leaves a sign every two seconds."""
    seen = select(func.max(Heartbeat.seen_at)).scalar_subquery()
    said = select(func.max(Message.created_at)).scalar_subquery()
    found = await session.scalars(select(func.coalesce(func.greatest(seen, said), func.now())))
    return cast("datetime", found.one())


def _held_back(now: datetime) -> Update:
    """What was never tried and is not due yet has surely not left; of all the rest nobody knows."""
    open_ = OutgoingSms.status.in_([SmsStatus.queued, SmsStatus.sending, SmsStatus.unknown])
    to_come = and_(OutgoingSms.status == SmsStatus.queued, OutgoingSms.attempts == 0, OutgoingSms.next_attempt_at > now)
    # What the operator took long before is as unknown as it was.
    doubtful = OutgoingSms.why.is_distinct_from(Why.untold)
    return update(OutgoingSms).where(open_, doubtful, not_(to_come)).values(status=SmsStatus.unknown, why=Why.restored)


async def _left(session: AsyncSession, now: datetime) -> int:
    """Questions by SMS that were in hand: answered since, very likely. On the web a second answer is only read."""
    waits = and_(Conversation.channel == Channel.sms, Conversation.waiting_since.is_not(None))
    mine = Message.conversation_id.in_(select(Conversation.id).where(waits))
    asked = update(Message).where(mine, Message.status == MessageStatus.received)
    found = await _count(session, asked.values(status=MessageStatus.left_to_human))
    await session.execute(
        update(Conversation).where(waits).values(waiting_since=None, answered_seq=Conversation.last_seq)
    )
    new = update(IncomingSms).where(IncomingSms.handled_at.is_(None)).values(handled_at=now, sealed=None)
    return found + await _count(session, new)


def _mornings(since: datetime, now: datetime) -> Iterator[datetime]:
    """The permitted mornings from `since` on, and the last one before it, oldest first."""
    found = {last_morning(since)}
    while since < now:
        since = min(since + timedelta(days=1), now)
        found.add(last_morning(since))
    yield from sorted(found)


async def _count(session: AsyncSession, statement: Any) -> int:
    result = cast("CursorResult[Any]", await session.execute(statement))
    return result.rowcount
