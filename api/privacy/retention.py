"""Deleting what has been kept long enough: each table's own rule, Rasa's tables included."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, MetaData, Table, delete, exists, select, text
from sqlalchemy import cast as sql_cast
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import String

from api.core.columns import Retention
from api.privacy.belongings import LOOSE, key_of, parents_first


def retention_of(table: Table) -> Retention:
    """The rule of a table. Raises KeyError for a table without one."""
    return cast(Retention, table.info["retention"])


async def purge(session: AsyncSession, metadata: MetaData, moment: datetime) -> dict[str, int]:
    """Delete every row that is past its table's days; children go with their parents. Rows deleted, by table.

    A parent waits for children that have a date of their own: a household for its members, a person for an appointment
    that is not two years old. What is under it is a later contact than the one that was written down.
    """
    removed = {}
    # The first day after months without a worker has more to delete than half a minute.
    await session.execute(text("SET LOCAL statement_timeout = 0"))
    # Children before parents, so that what has its own date is counted under its own name.
    for table, old in _dated(metadata, moment):
        removed[table.fullname] = await _count(session, delete(table).where(*old))
    removed |= await _orphans(session, metadata)
    return {name: rows for name, rows in removed.items() if rows}


async def overdue(session: AsyncSession, metadata: MetaData, moment: datetime) -> list[str]:
    """The tables with a row that `purge` would delete at `moment`: seen from a day ago, it did not run since."""
    dated = [(table.fullname, exists().where(*old)) for table, old in _dated(metadata, moment)]
    return [name for name, found in dated if await session.scalar(select(found))]


def _dated(metadata: MetaData, moment: datetime) -> Iterator[tuple[Table, list[ColumnElement[bool]]]]:
    for table in reversed(parents_first(metadata)):
        rule = retention_of(table)
        if rule.days is not None and rule.after is not None:
            old = table.c[rule.after] < moment - timedelta(days=rule.days)
            yield table, [old, *_waits_for_none(metadata, table)]


def _waits_for_none(metadata: MetaData, table: Table) -> Iterator[ColumnElement[bool]]:
    for child in metadata.sorted_tables:
        for key in child.foreign_keys:
            if key.column.table is table and key.ondelete == "CASCADE" and retention_of(child).days:
                yield ~exists().where(key.parent == key_of(table))


async def _orphans(session: AsyncSession, metadata: MetaData) -> dict[str, int]:
    """Rasa's rows name their conversation without a foreign key (Rasa's own tables know none)."""
    conversations = metadata.tables["conversations"]
    alive = select(sql_cast(conversations.c.id, String))
    removed = {}
    for loose in LOOSE:
        if loose.parent == conversations.name:
            table = metadata.tables[loose.table]
            gone = delete(table).where(table.c[loose.column].not_in(alive))
            removed[loose.table] = await _count(session, gone)
    return removed


async def _count(session: AsyncSession, statement: Any) -> int:
    result = cast("CursorResult[Any]", await session.execute(statement))
    return result.rowcount
