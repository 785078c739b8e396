"""An answer waits on the web, and the page is closed: one SMS says so, without what it says."""

from datetime import datetime, timedelta

from sqlalchemy import Select, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Beneficiary
from api.conversations import outbox, returning
from api.conversations.sms_tables import OutgoingSms, SilentNumber, SmsKind
from api.conversations.tables import Author, Conversation, Message, ReturnLink, Turn
from api.conversations.urgent import Urgency
from api.core.database import notify
from api.core.quiet_hours import next_allowed
from api.core.sealing import Sealer
from api.privacy.audience import Channel
from api.texts.schemas import Saying
from api.texts.service import speak
from api.texts.voice import read_voice

UNREAD_FOR = timedelta(minutes=2)
"""Whoever looks at the page has read it by then."""
ONE_EVERY = timedelta(days=1)
"""Of what nobody has come back for: ten answers in a row are one SMS."""
AT_ONCE = 100
HASH = "/#reponse="


async def nudge(session: AsyncSession, sealer: Sealer, public_url: str, now: datetime) -> int:
    """Write to whoever left a number and has an answer unread; the number of SMS.

    In quiet hours nothing is written: in the morning, what was read meanwhile needs no SMS.
    """
    if next_allowed(now) != now:
        return 0
    rows = list(await session.scalars(_missed(now)))
    for row in rows:
        await _write(session, sealer, row, public_url, now)
    if rows:
        await notify(session, "sms")
    return len(rows)


def _missed(now: datetime) -> Select[Conversation]:
    here = Message.conversation_id == Conversation.id, Message.author == Author.caseworker
    news = Message.seq > func.greatest(Conversation.read_seq, Conversation.nudged_seq)
    pending = exists().where(
        ReturnLink.conversation_id == Conversation.id,
        ReturnLink.created_at > now - ONE_EVERY,
        ReturnLink.first_seq > Conversation.read_seq,
    )
    violence = exists().where(Turn.conversation_id == Conversation.id, Turn.intent == f"emergency_{Urgency.violence}")
    # The link opens what a caseworker wrote: not on the telephone of a file that is, or has become, confidential.
    hidden = exists().where(Beneficiary.phone == Conversation.nudge_phone, Beneficiary.confidential)
    rows = select(Conversation).where(
        Conversation.channel == Channel.web,
        Conversation.nudge_phone.is_not(None),
        exists(Message.id).where(*here, news, Message.created_at <= now - UNREAD_FOR),
        ~pending,
        ~violence,
        ~hidden,
        ~exists().where(SilentNumber.phone == Conversation.nudge_phone),
    )
    return rows.order_by(Conversation.id).limit(AT_ONCE).with_for_update(skip_locked=True)


async def _write(session: AsyncSession, sealer: Sealer, row: Conversation, public_url: str, now: datetime) -> None:
    answers = select(func.min(Message.seq), func.max(Message.seq)).where(
        Message.conversation_id == row.id, Message.author == Author.caseworker, Message.seq > row.read_seq
    )
    first, last = (await session.execute(answers)).one()
    link = f"{public_url.rstrip('/')}{HASH}{await returning.make(session, sealer, row.id, first, now)}"
    voice = await read_voice(session, row.authority_code)
    text = speak([Saying("answer_waits", {"link": link})], Channel.sms, voice).text
    # The link holds a secret: the table on its own opens no conversation.
    sealed = sealer.seal(text)
    sms = OutgoingSms(phone=row.nudge_phone, sender=outbox.SENDER, kind=SmsKind.nudge, sealed=sealed)
    sms.authority_code = row.authority_code
    sms.next_attempt_at = now
    session.add(sms)
    row.nudged_seq = last
