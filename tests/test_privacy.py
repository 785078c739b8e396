"""Every column says what it reveals; every table how long it is kept; what is old goes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import Column, Table, create_engine, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations import service
from api.conversations.rasa_tables import RasaEvent
from api.conversations.tables import Conversation, Message
from api.core.clock import now
from api.core.columns import Privacy, Retention
from api.core.sealing import Sealer
from api.migrations.everything import METADATA
from api.migrations.run import drift
from api.privacy.retention import purge, retention_of
from tests import factories

COLUMNS = [column for table in METADATA.sorted_tables for column in table.columns]


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_every_column_has_its_privacy_class(column: Column[object]) -> None:
    assert isinstance(column.info.get("privacy"), Privacy)


@pytest.mark.parametrize("table", METADATA.sorted_tables, ids=str)
def test_every_table_has_a_retention_that_can_be_applied(table: Table) -> None:
    rule = retention_of(table)
    assert isinstance(rule, Retention)
    assert rule.why
    if rule.days is not None:
        assert rule.after
        assert rule.after in table.columns
    if rule.parent:
        assert rule.parent in METADATA.tables


@pytest.mark.parametrize("table", METADATA.sorted_tables, ids=str)
def test_personal_rows_are_never_kept_for_ever(table: Table) -> None:
    personal = {Privacy.personal, Privacy.intimate, Privacy.secret}
    # What our own tables say of a beneficiary goes with the beneficiary.
    if any(column.info["privacy"] in personal for column in table.columns):
        rule = retention_of(table)
        assert rule.days or rule.parent


def test_migrations_say_all_that_the_tables_say(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.connect() as connection:
        assert drift(connection) == []
    engine.dispose()


async def test_what_is_old_goes_with_everything_under_it(session: AsyncSession, sealer: Sealer) -> None:
    await factories.authority(session)
    old, _ = await service.begin(session, sealer, "cd29", None)
    young, _ = await service.begin(session, sealer, "cd29", None)
    for conversation in (old, young):
        await service.receive(session, sealer, conversation.id, service.Incoming(str(uuid4()), "bonjour"))
        event = {"sender_id": str(conversation.id), "type_name": "user", "timestamp": 1.0, "data": "{}"}
        await session.execute(insert(RasaEvent), event)
    old.last_activity_at = now() - timedelta(days=31)
    await session.flush()
    removed = await purge(session, METADATA, now())
    assert removed == {"conversations": 1, "rasa.events": 1}
    assert await session.scalar(select(func.count()).select_from(Message)) == 1
    assert list(await session.scalars(select(Conversation.id))) == [young.id]
