"""What providers say of what went out: kept once each, and applied whatever the order in which they come."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Uuid, case, cast, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations import costs
from api.conversations.routes import Why
from api.conversations.silence import heard_from, silence
from api.conversations.sms_tables import OutgoingSms, Silence, SmsReceipt, SmsStatus
from api.core.clock import now
from api.core.database import Database, notify
from api.desk import watching

WAKE = "sms_told"
"""The word that wakes the worker."""
AT_ONCE = 100
LONGEST_CODE = 60
FORWARD = (
    SmsStatus.queued,
    SmsStatus.sending,
    SmsStatus.sent,
    SmsStatus.unknown,
    SmsStatus.dead,
    SmsStatus.accepted,
    SmsStatus.failed,
    SmsStatus.delivered,
)
"""The surer, the later. An operator that first says "failed", then "delivered", has delivered it."""
ENDED = frozenset({SmsStatus.delivered, SmsStatus.failed})
_OURS = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
FAILURES = 2
"""In a row, with nothing delivered between them: nobody reads this telephone."""


@dataclass(frozen=True)
class Told:
    """A receipt: our id, or the provider's own where it does not give ours back."""

    reference: str
    status: SmsStatus
    code: str = ""
    """One of `Why` where the provider's table has it, else its own word."""


def after(current: SmsStatus, told: SmsStatus) -> SmsStatus:
    """Where an SMS stands once this is told of it: never further back, so that neither order nor repetition counts."""
    return max(current, told, key=FORWARD.index)


async def store(session: AsyncSession, provider: str, told: Told) -> None:
    """Keep it; the same again is the same one."""
    row = insert(SmsReceipt).values(
        provider=provider, reference=told.reference, status=told.status, code=told.code[:LONGEST_CODE]
    )
    await session.execute(row.on_conflict_do_nothing())
    await notify(session, WAKE)


async def apply_due(database: Database) -> int:
    """Apply every receipt whose message is known; how many. The others wait: their message may be about to be."""
    ours = SmsReceipt.reference.regexp_match(_OURS)
    by_our_id = OutgoingSms.id == case((ours, cast(SmsReceipt.reference, Uuid)))
    theirs = ~ours & (OutgoingSms.provider == SmsReceipt.provider)
    by_their_id = theirs & (OutgoingSms.provider_reference == SmsReceipt.reference)
    return await _apply(database, by_our_id) + await _apply(database, by_their_id)


async def _apply(database: Database, about: ColumnElement[bool]) -> int:
    async with database.transaction() as session:
        rows = select(SmsReceipt, OutgoingSms).join(OutgoingSms, about).where(SmsReceipt.applied_at.is_(None))
        due = rows.order_by(SmsReceipt.received_at).limit(AT_ONCE)
        known = (await session.execute(due.with_only_columns(SmsReceipt.id, OutgoingSms.id))).all()
        # Requests before the SMS that they show: which these are is known before either is locked.
        shown = await watching.watching(session, {sms_id for _, sms_id in known})
        ours = due.where(SmsReceipt.id.in_([receipt_id for receipt_id, _ in known])).with_for_update(skip_locked=True)
        found = (await session.execute(ours)).all()
        before = {sms.id: sms.status for _, sms in found}
        for receipt, sms in found:
            await _tell(session, sms, receipt)
        await costs.count(session, {sms.id: sms for _, sms in found}.values())
        changed = [sms.id for _, sms in found if watching.looks_other(before[sms.id], sms.status)]
        await watching.show(session, shown, changed)
        return len(found)


async def _tell(session: AsyncSession, sms: OutgoingSms, receipt: SmsReceipt) -> None:
    receipt.applied_at = now()
    before, sms.status = sms.status, _following(sms, receipt.status)
    sms.sent_at = sms.sent_at or receipt.received_at
    if receipt.status in (SmsStatus.accepted, SmsStatus.delivered):
        sms.accepted_at = sms.accepted_at or receipt.received_at
    if sms.status is before:
        return
    sms.why = None
    if sms.status not in ENDED:
        return
    sms.ended_at = receipt.received_at
    if sms.status is SmsStatus.delivered:
        await heard_from(session, sms.phone)
    else:
        sms.why = receipt.code or None
        await _give_up(session, sms)


def _following(sms: OutgoingSms, told: SmsStatus) -> SmsStatus:
    """What was accepted and then given up as untold is not merely accepted again: only its end is news."""
    given_up = sms.status is SmsStatus.unknown and sms.accepted_at is not None
    return sms.status if given_up and told not in ENDED else after(sms.status, told)


async def _give_up(session: AsyncSession, sms: OutgoingSms) -> None:
    """Leave alone a number that does not exist, or at which nothing arrives."""
    last = select(OutgoingSms.status).where(OutgoingSms.phone == sms.phone, OutgoingSms.status.in_(ENDED))
    ends = list(await session.scalars(last.order_by(OutgoingSms.ended_at.desc()).limit(FAILURES)))
    if sms.why == Why.no_such_number or ends == [SmsStatus.failed] * FAILURES:
        await silence(session, sms.phone, Silence.dead)
