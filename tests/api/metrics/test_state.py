"""What waits in the house, as figures."""

from datetime import timedelta

from sqlalchemy import update

from api.conversations.outbox import SENDER
from api.conversations.sms_tables import OutgoingSms, SmsKind
from api.core.clock import now
from api.core.database import Database
from api.core.heartbeats import beat
from api.core.measures import page
from api.escalations.service import Asked, ask_human
from api.escalations.tables import Escalation, Reason
from api.metrics.state import house
from api.privacy.audience import Channel
from tests import factories


async def told(database: Database) -> str:
    async with database.transaction() as session:
        return page(await house(session, now())).decode()


async def test_a_conversation_that_waits_is_counted_with_its_age(database: Database) -> None:
    async with database.transaction() as session:
        await factories.conversation(session)
        await factories.conversation(session, waiting_since=now() - timedelta(seconds=90))
        # More may follow what came just now by SMS: it does not wait yet.
        await factories.conversation(session, waiting_since=now() + timedelta(minutes=1))
    figures = await told(database)
    assert "hent_conversations_waiting 1.0" in figures
    assert 90 <= float(figures.split("\nhent_oldest_wait_seconds ")[-1].split()[0]) < 120


async def test_a_promise_that_is_over_counts_as_late(database: Database) -> None:
    async with database.transaction() as session:
        talk = await factories.conversation(session)
        await ask_human(session, Asked(Reason.asked, "bonjour", factories.AUTHORITY, Channel.web, talk.id), now())
    assert 'hent_requests_open{late="false"} 1.0' in await told(database)
    async with database.transaction() as session:
        await session.execute(update(Escalation).values(due_at=now() - timedelta(days=1)))
    assert 'hent_requests_open{late="true"} 1.0' in await told(database)


async def test_a_worker_is_counted_while_it_gives_signs(database: Database) -> None:
    assert "hent_workers_alive 0.0" in await told(database)
    async with database.transaction() as session:
        await beat(session, "worker-1")
    assert "hent_workers_alive 1.0" in await told(database)


async def test_an_sms_on_its_way_is_counted_by_its_state(database: Database) -> None:
    async with database.transaction() as session:
        session.add(
            OutgoingSms(phone="+33639980001", sender=SENDER, kind=SmsKind.code, text="1", next_attempt_at=now())
        )
    figures = await told(database)
    assert 'hent_sms{status="queued"} 1.0' in figures
    assert "+336" not in figures
