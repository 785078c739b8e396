"""A row in every table that there is, made from the tables themselves: one that is added later is made too."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Column, Enum, Table, insert
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.columns import Privacy
from api.migrations.everything import METADATA
from api.privacy.belongings import key_of, links, parents_first
from api.privacy.erasure import REVEALING

Made = dict[str, Any]
"""Primary key of the row in each table, by the table's full name."""
Given = Mapping[str, Mapping[str, Any]]
"""Values of columns, by table."""

NOON = datetime(2026, 11, 25, 11, tzinfo=UTC)
PLAIN: Mapping[type, Any] = {int: 1, float: 1.0, bool: False, datetime: NOON, type(NOON.date()): NOON.date()}
# What the tables' own checks want.
NEEDED: Given = {
    "authorities": {"kind": "region", "phone": "+33261910001", "hours": {}},
    "organisations": {"phone": "+33261910010"},
    "appointments": {"address": "12 rue des Ajoncs, 29200 Brest", "duration_minutes": 30},
    "slots": {"address": "12 rue des Ajoncs, 29200 Brest", "duration_minutes": 30},
    "conversations": {"channel": "web", "level": "code"},
    "beneficiaries": {"reminders_asked_at": NOON},
    "training_sessions": {"entry": "permanent"},
    "ready_texts": {"organisation_id": None},
}
REFERENCE = (
    *("authorities", "organisations", "desk_feeds", "caseworkers", "caseworker_accounts"),
    *("trainings", "training_sessions", "support_services"),
)
"""What several people share."""
NOT_MADE = ("installation",)
OF_PROFESSIONALS = ("caseworker_accounts", "caseworker_sessions", "account_invitations", "outgoing_mails")
"""What a caseworker signs in with, or is written: about them, and about nobody whom they follow."""


def revealing() -> list[Table]:
    """The tables that may hold something about a living person."""
    tables = [table for table in METADATA.sorted_tables if table.fullname not in OF_PROFESSIONALS]
    return [table for table in tables if any(column.info["privacy"] in REVEALING for column in table.columns)]


async def everything(session: AsyncSession, given: Given | None = None, shared: Made | None = None) -> Made:
    """A row in every table, each pointing at the others; of the tables of reference those of `shared`, if given."""
    made = {name: key for name, key in (shared or {}).items() if name in REFERENCE}
    for table in parents_first(METADATA):
        if table.fullname in NOT_MADE or table.fullname in made:
            continue
        values = {column.name: _value(column) for column in table.columns if _is_needed(column)}
        values |= (
            _pointers(table, made) | dict(NEEDED.get(table.fullname, {})) | dict((given or {}).get(table.fullname, {}))
        )
        row = await session.execute(insert(table).values(values).returning(key_of(table)))
        made[table.fullname] = row.scalar_one()
    return made


def _pointers(table: Table, made: Made) -> dict[str, Any]:
    found = {}
    for column, parent in links(METADATA, table):
        # Two at once cannot be: a row that corrects itself.
        if parent is not table:
            key = made[parent.fullname]
            found[column.name] = str(key) if column.type.python_type is str else key
    return found


def _is_needed(column: Column[Any]) -> bool:
    by_itself = (column.computed, column.server_default, column.default)
    if any(one is not None for one in by_itself) or column is column.table.autoincrement_column:
        return False
    return not column.nullable or column.info["privacy"] is Privacy.secret


def _value(column: Column[Any]) -> Any:
    kind = column.type
    if isinstance(kind, Enum):
        return kind.enums[0]
    if isinstance(kind, JSONB):
        return []
    if kind.python_type is bytes:
        return uuid4().bytes
    if kind.python_type is str:
        return uuid4().hex
    if column.name == "number":
        # A feed gives each of its numbers once.
        return uuid4().int % 2**31
    return PLAIN.get(kind.python_type) if kind.python_type in PLAIN else uuid4()
