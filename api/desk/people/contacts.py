"""The history of somebody's contacts: one line each, never what was said in another organisation's requests."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import case, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.tables import Appointment, Status
from api.caseworkers.accounts import Account
from api.conversations.tables import Author, Conversation, Message
from api.desk import items
from api.desk.labels import REASONS
from api.escalations.tables import Escalation, Event, Reason
from api.privacy.audience import Channel

AT_MOST = 30
LOOKS_BACK = timedelta(days=365)
"""Requests are kept for a year."""

STATUSES = {
    Status.unknown: "suite non notée",
    Status.seen: "honoré",
    Status.noshow: "manqué",
    Status.excused: "annulé par la personne",
    Status.revoked: "annulé par le service",
}
"""What became of an appointment that is past."""
CHANNELS = {Channel.web: "sur le site", Channel.sms: "par SMS"}


@dataclass(frozen=True)
class Contact:
    """Something that happened between the service and the person."""

    at: datetime
    what: str
    """messages, request, call or appointment."""
    label: str


async def history(session: AsyncSession, who: Account, person_id: UUID, now: datetime) -> list[Contact]:
    """The newest first, thirty at most."""
    since = now - LOOKS_BACK
    found = [
        *await _requests(session, who, person_id, since),
        *await _messages(session, who, person_id, since),
        *await _appointments(session, person_id, since, now),
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)[:AT_MOST]


async def _requests(session: AsyncSession, who: Account, person_id: UUID, since: datetime) -> list[Contact]:
    last = items.turned()
    mine = (
        select(Escalation.created_at, Escalation.reason, last.c.event == Event.closed)
        .join(last, true())
        .where(Escalation.beneficiary_id == person_id, Escalation.organisation_id == who.organisation_id)
        .where(Escalation.created_at > since)
        .order_by(Escalation.created_at.desc())
        .limit(AT_MOST)
    )
    return [_request(*row) for row in await session.execute(mine)]


def _request(at: datetime, reason: Reason, closed: bool) -> Contact:
    label = f"Demande : {REASONS[reason]} ({'close' if closed else 'ouverte'})"
    return Contact(at, "call" if reason is Reason.callback else "request", label)


async def _messages(session: AsyncSession, who: Account, person_id: UUID, since: datetime) -> list[Contact]:
    """By day and channel, only in conversations where the person asked this organisation for something."""
    asked = select(Escalation.conversation_id).where(
        Escalation.beneficiary_id == person_id, Escalation.organisation_id == who.organisation_id
    )
    local = func.date(func.timezone("Europe/Paris", Message.created_at))
    theirs = func.sum(case((Message.author == Author.person, 1), else_=0))
    days = (
        select(local, Conversation.channel, func.max(Message.created_at), theirs, func.count())
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(Conversation.id.in_(asked), Message.created_at > since)
        .where(Message.author.in_([Author.person, Author.caseworker]))
        .group_by(local, Conversation.channel)
        .order_by(local.desc())
        .limit(AT_MOST)
    )
    return [_day(*row) for row in await session.execute(days)]


def _day(_: date, channel: Channel, at: datetime, theirs: int, total: int) -> Contact:
    parts = [_count(theirs, "de la personne"), _count(total - theirs, "du service")]
    return Contact(at, "messages", f"{', '.join(filter(None, parts))}, {CHANNELS[channel]}")


def _count(many: int, whose: str) -> str:
    return f"{many} message{'s' if many > 1 else ''} {whose}" if many else ""


async def _appointments(session: AsyncSession, person_id: UUID, since: datetime, now: datetime) -> list[Contact]:
    mine = (
        select(Appointment.starts_at, Appointment.title, Appointment.status)
        .where(Appointment.beneficiary_id == person_id, Appointment.starts_at.between(since, now))
        .order_by(Appointment.starts_at.desc())
        .limit(AT_MOST)
    )
    rows = await session.execute(mine)
    return [Contact(at, "appointment", f"{title.capitalize()} : {STATUSES[status]}") for at, title, status in rows]
