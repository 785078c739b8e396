"""Requests that wait for a team, for tests."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.tables import Organisation
from api.core.clock import PARIS
from api.escalations.events import add_event
from api.escalations.tables import Escalation, Event, Kind, Priority, Reason
from api.mails.tables import OutgoingMail
from api.privacy.audience import Channel
from tests import factories

DESK = "https://bureau.exemple.fr"
DUE = datetime(2026, 12, 4, 23, 59, tzinfo=PARIS)
SAID = "mon propriétaire reprend le logement"
DAY = [["08:30", "12:00"], ["13:30", "17:00"]]
HOURS = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), DAY)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """In November 2026: the 25th is a Wednesday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=PARIS)


async def team(session: AsyncSession, **given: Any) -> Organisation:
    """A team that is open on weekdays."""
    return await factories.organisation(session, **({"hours": HOURS} | given))


async def request(session: AsyncSession, whose: Organisation, since: datetime, **given: Any) -> Escalation:
    """Somebody asked this team for a human."""
    made: dict[str, Any] = {
        "authority_code": factories.AUTHORITY,
        "organisation_id": whose.id,
        "channel": Channel.web,
        "reason": Reason.asked,
        "kind": Kind.to_answer,
        "priority": Priority.normal,
        "line": SAID,
        "due_at": DUE,
        "created_at": since,
    }
    row = Escalation(**(made | given))
    session.add(row)
    await session.flush()
    await add_event(session, row.id, Event.opened, created_at=since)
    return row


async def mails(session: AsyncSession) -> list[OutgoingMail]:
    """All that is written, by address."""
    return list(await session.scalars(select(OutgoingMail).order_by(OutgoingMail.created_at, OutgoingMail.recipient)))
