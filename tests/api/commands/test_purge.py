"""`hent purge` says what it deleted, by table."""

from datetime import timedelta

from api.core.clock import now
from api.core.database import Database
from tests import factories
from tests.api.commands.conftest import Run


async def test_what_is_old_goes_and_is_counted(hent: Run, database: Database) -> None:
    async with database.transaction() as session:
        for days in (31, 32, 1):
            await factories.conversation(session, last_activity_at=now() - timedelta(days=days))
    assert (await hent("purge")).stdout == "conversations: 2\n"
    assert (await hent("purge")).stdout == ""
