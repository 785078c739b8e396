"""What waits in the whole house, read from the database when somebody looks: counts and ages, no name and no text."""

from datetime import datetime
from typing import Any

from prometheus_client import CollectorRegistry, Gauge
from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.sms_tables import IncomingSms, OutgoingSms
from api.conversations.tables import Conversation
from api.core.heartbeats import SILENT_AFTER, Heartbeat
from api.escalations.service import still_open
from api.escalations.tables import Kind
from api.mails.tables import MailStatus, OutgoingMail


async def house(session: AsyncSession, now: datetime) -> CollectorRegistry:
    """The gauges of this instant: eight short questions, to be asked every fifteen seconds, not at each message."""
    registry = CollectorRegistry()
    for name, (about, question) in _counts(now).items():
        Gauge(name, about, registry=registry).set(await session.scalar(question) or 0)
    sms = Gauge("hent_sms", "SMS of the last 30 days, by state", ("status",), registry=registry)
    states = select(OutgoingSms.status, func.count()).group_by(OutgoingSms.status)
    for status, count in await session.execute(states):
        sms.labels(status).set(count)
    asked = Gauge("hent_requests_open", "Open requests to be answered", ("late",), registry=registry)
    requests = [row for row in await still_open(session) if row.kind is Kind.to_answer and row.answered_at is None]
    for late in (False, True):
        asked.labels(str(late).lower()).set(sum((row.due_at < now) is late for row in requests))
    return registry


def _counts(now: datetime) -> dict[str, tuple[str, Select[Any]]]:
    waits = Conversation.waiting_since <= now
    oldest = func.extract("epoch", now - func.min(Conversation.waiting_since))
    unread = select(func.count()).select_from(IncomingSms).where(IncomingSms.handled_at.is_(None))
    held = OutgoingMail.status.in_([MailStatus.queued, MailStatus.sending])
    alive = Heartbeat.seen_at > func.now() - SILENT_AFTER
    return {
        "hent_conversations_waiting": (
            "Conversations in which a message waits for its turn",
            select(func.count()).select_from(Conversation).where(waits),
        ),
        "hent_oldest_wait_seconds": ("How long the first of them has waited", select(oldest).where(waits)),
        "hent_sms_incoming_waiting": ("SMS that came in and are in no conversation yet", unread),
        "hent_mails_waiting": (
            "E-mails that have not left",
            select(func.count()).select_from(OutgoingMail).where(held),
        ),
        "hent_mails_dead": (
            "E-mails of the last 30 days that nobody got",
            select(func.count()).select_from(OutgoingMail).where(OutgoingMail.status == MailStatus.dead),
        ),
        "hent_workers_alive": (
            "Workers that gave a sign in the last eight seconds",
            select(func.count()).select_from(Heartbeat).where(alive),
        ),
    }
