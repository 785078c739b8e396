"""A caseworker with people of hers; what is shown is everything, unless a test is about what is hidden."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest_asyncio
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.tables import Organisation
from api.beneficiaries.tables import Beneficiary
from api.conversations.sms_tables import OutgoingSms, Silence, SilentNumber
from api.conversations.tables import Conversation
from api.core.database import Database
from api.escalations.tables import Escalation
from api.privacy.audience import Channel
from tests import factories
from tests.api.desk.conftest import NOW, Team

ALL = frozenset({"birth_date", "phone", "commune", "stage", "contract", "appointments", "history", "confidential"})
PHONE, OTHER = "+33639982901", "+33639982911"


async def mine(session: AsyncSession, team: Team, **given: Any) -> Beneficiary:
    """Somebody whom Nolwenn follows, with a number of their own."""
    made = {"organisation_id": team.nolwenn.organisation_id, "caseworker_id": team.nolwenn.id, "phone": PHONE}
    return await factories.person(session, **(made | given))


async def office(session: AsyncSession, team: Team) -> Organisation:
    """Where Nolwenn works."""
    return await session.get_one(Organisation, team.nolwenn.organisation_id)


async def silenced(session: AsyncSession, phone: str, why: Silence = Silence.stop) -> None:
    """Nothing that we start goes to this number."""
    session.add(SilentNumber(phone=phone, why=why))
    await session.flush()


async def telephone(session: AsyncSession, phone: str = PHONE) -> Conversation:
    """The SMS conversation of this number."""
    return await factories.conversation(session, channel=Channel.sms, phone=phone, sender="Hent")


async def texts(database: Database, phone: str = PHONE) -> list[str]:
    """What this telephone reads, in order."""
    return [row.text or "" for row in await sent(database, phone)]


async def sent(database: Database, phone: str = PHONE) -> list[OutgoingSms]:
    """What goes to this number, in order."""
    async with database.transaction() as session:
        rows = select(OutgoingSms).where(OutgoingSms.phone == phone).order_by(OutgoingSms.created_at)
        return list(await session.scalars(rows))


async def request_of(database: Database, person: Beneficiary) -> Escalation:
    """The only request of this person."""
    async with database.transaction() as session:
        return (await session.scalars(select(Escalation).where(Escalation.beneficiary_id == person.id))).one()


def ago(days: float) -> datetime:
    """So many days before the present of these tests."""
    return NOW - timedelta(days=days)


@pytest_asyncio.fixture
async def person(team: Team, database: Database) -> AsyncIterator[Beneficiary]:
    """Committed: somebody whom Nolwenn follows."""
    async with database.transaction() as session:
        made = await mine(session, team)
    yield made
