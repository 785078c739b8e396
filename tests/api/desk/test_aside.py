"""A request that is put aside leaves the list and comes back by itself, or with what the person writes."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import update

from api.core.clock import now
from api.core.database import Database
from api.core.errors import Unreadable
from api.desk import moving
from api.escalations.tables import Escalation
from tests.api.desk.conftest import NOW, Team
from tests.api.desk.test_acting import done
from tests.api.desk.test_moving import lines, seen
from tests.talking import Talk


async def test_what_is_put_aside_leaves_the_list_and_comes_back_by_itself(
    team: Team, database: Database, request_id: UUID
) -> None:
    moment = now()
    version = await done(
        database, moving.snooze, team.nolwenn, request_id, until=moment + timedelta(days=1), now=moment
    )
    again = await done(
        database, moving.snooze, team.nolwenn, request_id, until=moment + timedelta(days=1), now=moment, version=0
    )
    assert again == version
    assert await lines(database, team.nolwenn) == []
    assert await lines(database, team.nolwenn, state="snoozed") == [request_id]
    async with database.transaction() as session:
        await session.execute(update(Escalation).values(snoozed_until=now() - timedelta(seconds=1)))
    assert await lines(database, team.nolwenn) == [request_id]
    assert (await seen(database, team.nolwenn, request_id)).snoozed_until is None


async def test_what_the_person_writes_brings_it_back(
    team: Team, database: Database, talk: Talk, request_id: UUID
) -> None:
    moment = now()
    await done(database, moving.snooze, team.nolwenn, request_id, until=moment + timedelta(days=1), now=moment)
    await talk.write("C'est urgent maintenant")
    assert await lines(database, team.nolwenn) == [request_id]


@pytest.mark.parametrize("days", [-1, 0, 61])
async def test_nothing_is_put_aside_for_the_past_or_for_ever(
    days: int, team: Team, database: Database, request_id: UUID
) -> None:
    with pytest.raises(Unreadable):
        await done(database, moving.snooze, team.nolwenn, request_id, until=NOW + timedelta(days=days))
