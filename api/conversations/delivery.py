"""SMS handed over: once if a provider answers, again if it surely did not leave, by another one if need be."""

import asyncio
from collections import defaultdict
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.tables import Authority
from api.conversations import costs
from api.conversations.receipts import after
from api.conversations.routes import NotSent, Refused, Routes, Sms, Unsure, Why
from api.conversations.silence import silence
from api.conversations.sms_tables import OutgoingSms, Silence, SmsKind, SmsStatus
from api.conversations.tables import Message
from api.core import measures
from api.core.clock import now
from api.core.database import Database
from api.core.quiet_hours import next_allowed
from api.core.sealing import Sealer
from api.desk import watching
from api.texts.gsm import segments

PAUSES = (5, 30, 120, 600, 3600)
"""Seconds before each new attempt; after the last one the row is dead, and the desk shows it."""
UNFINISHED_AFTER = timedelta(seconds=20)
"""A row that is being sent for so long belonged to a worker that died; somebody waits for the code that it holds."""
AT_ONCE = 20
BY_DAY = (SmsKind.reminder,)
"""What nobody waits for: tried again in the morning, if it could not leave before the evening."""


async def send_due(database: Database, sealer: Sealer, routes: Routes) -> int:
    """Send what is due; returns how many rows were handled. No transaction is open while a provider is asked.

    What goes to one number goes in order, one after the other; numbers do not wait for each other.
    """
    async with database.transaction() as session:
        due, doubtful = await _claim(session, sealer, routes)
    for sms_id in doubtful:
        await _mark(database, sms_id, SmsStatus.unknown, why=Why.no_answer)
    lines = defaultdict[str, list[Sms]](list)
    for sms in due:
        lines[sms.phone].append(sms)
    ended = await asyncio.gather(
        *(_send_line(database, routes, line) for line in lines.values()), return_exceptions=True
    )
    for error in filter(None, ended):
        raise error
    return len(due) + len(doubtful)


async def _claim(session: AsyncSession, sealer: Sealer, routes: Routes) -> tuple[list[Sms], list[UUID]]:
    """Rows that are due stay queued, and are left to us for a while: if we die now, nothing has left.

    Apart: those that may have left with a worker that died. A receipt will say what became of them.
    """
    moment = now()
    waits = BY_DAY if next_allowed(moment) != moment else ()
    waiting = (
        select(OutgoingSms)
        .outerjoin(Message, Message.id == OutgoingSms.message_id)
        .where(OutgoingSms.status.in_([SmsStatus.queued, SmsStatus.sending]), OutgoingSms.next_attempt_at <= moment)
        .where(OutgoingSms.kind.not_in(waits))
        # What one turn says has one instant.
        .order_by(OutgoingSms.created_at, Message.seq)
        .limit(AT_ONCE)
        .with_for_update(of=OutgoingSms, skip_locked=True)
    )
    found = list(await session.scalars(waiting))
    due = [row for row in found if _may_leave(row, routes)]
    for row in due:
        row.status, row.attempts, row.next_attempt_at = SmsStatus.queued, row.attempts + 1, now() + UNFINISHED_AFTER
    taken = [Sms(row.id, row.phone, _text(row, sealer), row.authority_code) for row in due]
    return taken, [row.id for row in found if row not in due]


def _may_leave(row: OutgoingSms, routes: Routes) -> bool:
    """Whether it surely has not left, or may leave twice."""
    if row.status is SmsStatus.queued or row.provider is None:
        return True
    provider = routes.providers.get(row.provider)
    return provider is not None and provider.repeats_safely


def _text(row: OutgoingSms, sealer: Sealer) -> str:
    return row.text if row.text is not None else sealer.open(row.sealed or b"") or ""


async def _send_line(database: Database, routes: Routes, line: list[Sms]) -> None:
    for sms in line:
        await _send(database, routes, sms)


async def _send(database: Database, routes: Routes, sms: Sms) -> None:
    refusals: list[NotSent] = []
    for name, provider in routes.of(sms.authority_code):
        if not await _begin(database, sms, name):
            return
        try:
            with measures.handed_over(name):
                reference = await provider.send(sms)
        except NotSent as refusal:
            refusals.append(refusal)
            await _undo(database, sms.id)
        except Unsure:
            # Another provider would be a second message; the same one is, unless it knows our id.
            if provider.repeats_safely:
                await _undo(database, sms.id)
                await _postpone(database, sms.id, NotSent(Why.no_answer))
            else:
                await _mark(database, sms.id, SmsStatus.unknown, why=Why.no_answer)
            return
        else:
            await _mark(database, sms.id, SmsStatus.sent, reference)
            return
    again = [refusal for refusal in refusals if not isinstance(refusal, Refused)]
    await _postpone(database, sms.id, [NotSent(Why.no_provider), *refusals, *again][-1])


async def _begin(database: Database, sms: Sms, name: str) -> bool:
    """It may leave from now on; False if it is gone or somebody else's. What it costs is known before it leaves."""
    async with database.transaction() as session:
        row = await session.get(OutgoingSms, sms.id, with_for_update=True)
        if row is None or row.status is not SmsStatus.queued:
            return False
        row.status, row.provider, row.next_attempt_at = SmsStatus.sending, name, now() + UNFINISHED_AFTER
        row.segments = segments(sms.text)
        payer = await session.get(Authority, sms.authority_code) if sms.authority_code else None
        row.price = row.segments * payer.sms_price if payer and payer.sms_price is not None else None
        return True


async def _undo(database: Database, sms_id: UUID) -> None:
    """It surely did not leave, unless a receipt has said otherwise meanwhile."""
    async with database.transaction() as session:
        row = await session.get(OutgoingSms, sms_id, with_for_update=True)
        if row and row.status is SmsStatus.sending:
            row.status = SmsStatus.queued


async def _postpone(database: Database, sms_id: UUID, refusal: NotSent) -> None:
    async with database.transaction() as session:
        shown = await watching.watching(session, [sms_id])
        row = await session.get(OutgoingSms, sms_id, with_for_update=True)
        if row is None or row.status is not SmsStatus.queued:
            # Erased meanwhile with its conversation, or told of by a receipt.
            return
        row.why = refusal.why
        if not isinstance(refusal, Refused) and row.attempts <= len(PAUSES):
            row.next_attempt_at = now() + timedelta(seconds=PAUSES[row.attempts - 1])
            return
        row.status, row.ended_at = SmsStatus.dead, now()
        if refusal.why is Why.no_such_number:
            await silence(session, row.phone, Silence.dead)
        await watching.show(session, shown, [sms_id])


async def _mark(
    database: Database, sms_id: UUID, status: SmsStatus, reference: str | None = None, why: Why | None = None
) -> None:
    """One that was erased while it was handed over is counted by nobody: what it was is gone."""
    async with database.transaction() as session:
        shown = await watching.watching(session, [sms_id])
        row = await session.get(OutgoingSms, sms_id, with_for_update=True)
        if row is None:
            return
        # A receipt may have come before the provider's own answer.
        before, row.status = row.status, after(row.status, status)
        row.provider_reference = reference
        if row.status is status:
            row.sent_at, row.why = now() if status is SmsStatus.sent else None, why
        await costs.count(session, [row])
        if watching.looks_other(before, row.status):
            await watching.show(session, shown, [sms_id])
