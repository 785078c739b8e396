"""Deleting what has been kept long enough: each table's own rule, Rasa's tables included."""

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, MetaData, Table, delete, select
from sqlalchemy import cast as sql_cast
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import String

from api.core.columns import Retention


def retention_of(table: Table) -> Retention:
    """The rule of a table. Raises KeyError for a table without one."""
    return cast(Retention, table.info["retention"])


async def purge(session: AsyncSession, metadata: MetaData, moment: datetime) -> dict[str, int]:
    """Delete every row that is past its table's days; children go with their parents. Rows deleted, by table."""
    removed = {}
    # Children before parents, so that what has its own date is counted under its own name.
    for table in reversed(metadata.sorted_tables):
        rule = retention_of(table)
        if rule.days is None or rule.after is None:
            continue
        old = delete(table).where(table.c[rule.after] < moment - timedelta(days=rule.days))
        removed[table.fullname] = await _count(session, old)
    removed |= await _orphans(session, metadata)
    return {name: rows for name, rows in removed.items() if rows}


async def _orphans(session: AsyncSession, metadata: MetaData) -> dict[str, int]:
    """Rasa's rows name their conversation without a foreign key (Rasa's own tables know none)."""
    conversations = metadata.tables["conversations"]
    alive = select(sql_cast(conversations.c.id, String))
    removed = {}
    for name in ("rasa.events", "rasa.fences"):
        table = metadata.tables[name]
        removed[name] = await _count(session, delete(table).where(table.c.sender_id.not_in(alive)))
    return removed


async def _count(session: AsyncSession, statement: Any) -> int:
    result = cast("CursorResult[Any]", await session.execute(statement))
    return result.rowcount
