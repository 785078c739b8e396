"""Requests that come back to the list by themselves: nobody read the answer, it did not arrive, or none was given."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from api.authorities.hours import Hours
from api.authorities.opening import due_on
from api.authorities.tables import Authority, Organisation
from api.conversations.sms_tables import OutgoingSms, SmsStatus
from api.conversations.tables import Author, Conversation, Message
from api.core.clock import paris
from api.desk.transitions import Step, let_go, record
from api.escalations.events import TURNING
from api.escalations.tables import Escalation, EscalationEvent, Event, Kind
from api.privacy.audience import Channel

AT_ONCE = 100
UNREAD_FOR = timedelta(days=1)
UNREAD = "Réponse non lue depuis un jour"
UNDELIVERED = "Le SMS n'est pas arrivé"
UNANSWERED = "Sans réponse depuis un jour ouvré"
WORKING_DAYS = 1
"""In which whoever has a request answers, does something else for it, or loses it."""

_HERE = Message.conversation_id == Escalation.conversation_id
_Answer = aliased(Message)
_LAST = select(func.max(_Answer.seq)).where(
    _Answer.conversation_id == Escalation.conversation_id, _Answer.author == Author.caseworker
)
_ANSWERED = func.coalesce(_LAST.correlate(Escalation).scalar_subquery(), 0)
"""The seq of a caseworker's last answer in the conversation of a request; 0 without any."""


async def unread(session: AsyncSession, now: datetime) -> list[Escalation]:
    """Answers that the person's browser has not shown for a day: it is our turn again."""
    rows = _answered(Escalation.answered_at <= now - UNREAD_FOR, Conversation.channel == Channel.web)
    found = list(await session.scalars(rows.where(Conversation.read_seq < _ANSWERED)))
    return [await _ours_again(session, row, UNREAD, now) for row in found]


async def undelivered(session: AsyncSession, now: datetime) -> list[Escalation]:
    """Answers whose SMS was given up, or did not arrive."""
    dead = exists(OutgoingSms.id).where(
        OutgoingSms.message_id == Message.id,
        _HERE,
        Message.seq == _ANSWERED,
        OutgoingSms.status.in_([SmsStatus.dead, SmsStatus.failed]),
    )
    found = list(await session.scalars(_answered(Conversation.channel == Channel.sms, dead)))
    return [await _ours_again(session, row, UNDELIVERED, now) for row in found]


async def unanswered(session: AsyncSession, now: datetime) -> list[Escalation]:
    """Requests whose owner has let a working day go by: they are everybody's again, and the person knows.

    By day only: what the person is told of it may be an SMS.
    """
    back = []
    for row, since in (await session.execute(_neglected(now))).all():
        day = due_on(await _hours(session, row), since, WORKING_DAYS)
        if day and paris(now).date() > day:
            row.assigned_id = None if row.assigned_id == row.owner_id else row.assigned_id
            await record(session, row, Step(Event.returned, None, now, UNANSWERED))
            await let_go(session, row)
            back.append(row)
    return back


def _answered(*which: ColumnElement[bool]) -> Select[Escalation]:
    """Open requests that wait for the person, locked. What somebody acts upon at this moment is for the next look."""
    rows = select(Escalation).join(Conversation, Conversation.id == Escalation.conversation_id)
    waiting = rows.where(Escalation.answered_at.is_not(None), _is_open(), *which).order_by(Escalation.answered_at)
    return waiting.limit(AT_ONCE).with_for_update(of=Escalation, key_share=True, skip_locked=True)


async def _ours_again(session: AsyncSession, row: Escalation, why: str, now: datetime) -> Escalation:
    """Whoever has it keeps it, and sees it among what is to be answered."""
    row.answered_at = row.snoozed_until = None
    await record(session, row, Step(Event.returned, None, now, why, row.owner_id))
    return row


def _neglected(now: datetime) -> Select[Escalation, datetime]:
    """Requests in somebody's hands whose turn it is, with since when: what was written last, or done for it last."""
    asked = select(func.min(Message.created_at)).where(_HERE, Message.author == Author.person, Message.seq > _ANSWERED)
    asked_at = asked.scalar_subquery()
    theirs = EscalationEvent.escalation_id == Escalation.id, EscalationEvent.author_id == Escalation.owner_id
    since = func.greatest(asked_at, select(func.max(EscalationEvent.created_at)).where(*theirs).scalar_subquery())
    rows = select(Escalation, since).where(
        Escalation.owner_id.is_not(None),
        Escalation.answered_at.is_(None),
        Escalation.kind == Kind.to_answer,
        func.coalesce(Escalation.snoozed_until, now) <= now,
        asked_at.is_not(None),
        since < now - timedelta(hours=12),
    )
    oldest = rows.order_by(since).limit(AT_ONCE)
    return oldest.with_for_update(of=Escalation, key_share=True, skip_locked=True)


def _is_open() -> ColumnElement[bool]:
    last = select(EscalationEvent.event).where(
        EscalationEvent.escalation_id == Escalation.id, EscalationEvent.event.in_(TURNING)
    )
    return last.order_by(EscalationEvent.seq.desc()).limit(1).scalar_subquery() != Event.closed


async def _hours(session: AsyncSession, row: Escalation) -> Hours:
    team = await session.get(Organisation, row.organisation_id) if row.organisation_id else None
    return (await session.get_one(Authority, row.authority_code)).hours_left(team.hours if team else None)
