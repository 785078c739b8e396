"""A caseworker with people of hers; what is shown is everything, unless a test is about what is hidden."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Beneficiary
from api.conversations.sms_tables import Silence, SilentNumber
from tests import factories
from tests.api.desk.conftest import NOW, Team

ALL = frozenset({"phone", "email", "birth_date", "commune", "stage", "contract", "step", "caseworker", "appointments"})
PHONE = "+33639982901"


async def mine(session: AsyncSession, team: Team, **given: Any) -> Beneficiary:
    """Somebody whom Nolwenn follows, with a number of their own."""
    made = {"organisation_id": team.nolwenn.organisation_id, "caseworker_id": team.nolwenn.id, "phone": PHONE}
    return await factories.person(session, **(made | given))


async def silenced(session: AsyncSession, phone: str, why: Silence = Silence.stop) -> None:
    """Nothing that we start goes to this number."""
    session.add(SilentNumber(phone=phone, why=why))
    await session.flush()


def ago(days: float) -> datetime:
    """So many days before the present of these tests."""
    return NOW - timedelta(days=days)
