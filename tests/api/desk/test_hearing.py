"""What a person writes is heard by whoever they wait for."""

from datetime import timedelta
from uuid import UUID

import pytest

from api.core.clock import now
from api.core.database import Database
from api.escalations.tables import Escalation
from tests.api.desk.conftest import Team
from tests.talking import Talk


@pytest.mark.parametrize("answered", [True, False])
async def test_whoever_was_answered_and_writes_again_waits_from_then_on(
    team: Team, database: Database, talk: Talk, request_id: UUID, answered: bool
) -> None:
    long_ago = now() - timedelta(days=9)
    async with database.transaction() as session:
        row = await session.get_one(Escalation, request_id)
        row.due_at, row.answered_at = long_ago, long_ago if answered else None
        row.snoozed_until = now() + timedelta(days=1)
    await talk.write("et pour mon rendez-vous ?")
    async with database.transaction() as session:
        row = await session.get_one(Escalation, request_id)
        assert (row.answered_at, row.snoozed_until) == (None, None)
        # Somebody who was never answered stays late.
        assert (row.due_at > now()) is answered
