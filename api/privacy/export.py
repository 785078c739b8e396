"""Everything that is held about a person, for that person: by table and column, secrets left out."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import MetaData, Table, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.columns import Privacy
from api.privacy.belongings import belongings, key_of

IN_ORDER = ("conversation_id", "seq", "happened_on", "starts_at", "created_at")
"""Columns in whose order rows are read best, where a table has them."""

Export = dict[str, list[dict[str, Any]]]


async def export_person(session: AsyncSession, metadata: MetaData, person_id: UUID) -> Export:
    """Table to rows, each a column to a plain JSON value; tables without a row are left out. Raises NotFound."""
    found = await belongings(session, metadata, person_id)
    return {table.fullname: await _rows(session, table, keys) for table, keys in found.items() if keys}


async def _rows(session: AsyncSession, table: Table, keys: list[Any]) -> list[dict[str, Any]]:
    told = [column for column in table.columns if column.info["privacy"] is not Privacy.secret]
    order = [table.c[name] for name in IN_ORDER if name in table.c]
    rows = await session.execute(select(*told).where(key_of(table).in_(keys)).order_by(*order, key_of(table)))
    return [{name: _plain(value) for name, value in row.items()} for row in rows.mappings()]


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
