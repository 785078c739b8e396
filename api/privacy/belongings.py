"""Which rows are about a person: found in every table that there is, by what leads from one to another."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Column, ColumnElement, MetaData, Table, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.schema import sort_tables

from api.core.columns import Privacy
from api.core.errors import NotFound

Rows = dict[Table, list[Any]]
"""Primary keys, by table."""


class Loose(NamedTuple):
    """A column that names a row of another table without a foreign key."""

    table: str
    column: str
    parent: str


LOOSE = (
    # Rasa's own tables know no foreign key; their sender is the conversation's id, as text.
    Loose("rasa.events", "sender_id", "conversations"),
    Loose("rasa.fences", "sender_id", "conversations"),
    # The SMS of a code stands under no message.
    Loose("outgoing_sms", "turn_id", "turns"),
)
# Deleted first, a fence stops whoever still writes events behind it.
_BEFORE = ("rasa.events", "rasa.fences")


def parents_first(metadata: MetaData) -> list[Table]:
    """Every table after those that it names."""
    tables = metadata.tables
    more = [(tables[loose.parent], tables[loose.table]) for loose in LOOSE]
    first, then = _BEFORE
    return sort_tables(tables.values(), extra_dependencies=[*more, (tables[first], tables[then])])


def key_of(table: Table) -> Column[Any]:
    """The one column of the primary key. Raises ValueError for a table with several."""
    [key] = table.primary_key.columns
    return key


async def belongings(session: AsyncSession, metadata: MetaData, person_id: UUID, *, lock: bool = False) -> Rows:
    """The rows about this person, who comes with the household. `lock`: nobody changes them before we are done.

    A row is theirs when it leads to them, or holds a telephone number that is theirs alone, unless it names somebody
    else: one browser may have served two people. An SMS conversation of a shared number is not theirs: its words may
    be anybody's who holds that telephone, and nothing tells them apart. Raises NotFound.
    """
    people = metadata.tables["beneficiaries"]
    row = select(people.c.household_id, people.c.phone).where(people.c.id == person_id)
    known = (await session.execute(row.with_for_update() if lock else row)).one_or_none()
    if known is None:
        raise NotFound("Aucune personne n'a cet identifiant.", error="unknown_person")
    phone = known.phone if known.phone and await _is_alone(session, people, known.phone) else None
    found: Rows = {metadata.tables["households"]: [known.household_id], people: [person_id]}
    for table in parents_first(metadata):
        if table not in found and (leads := list(_leads(metadata, table, found, phone))):
            theirs = and_(or_(*leads), *_names_nobody_else(table, people, person_id))
            rows = select(key_of(table)).where(theirs)
            found[table] = list(await session.scalars(rows.with_for_update() if lock else rows))
    return found


def links(metadata: MetaData, table: Table) -> Iterator[tuple[Column[Any], Table]]:
    """(column, the table that it names), by foreign key or loosely."""
    yield from ((key.parent, key.column.table) for key in table.foreign_keys)
    for loose in LOOSE:
        if loose.table == table.fullname:
            yield table.c[loose.column], metadata.tables[loose.parent]


def _leads(metadata: MetaData, table: Table, found: Rows, phone: str | None) -> Iterator[ColumnElement[bool]]:
    for column, parent in links(metadata, table):
        # A household leads to its other members.
        if parent.name != "households" and parent in found:
            yield column.in_(_as_written(found[parent], column))
    if phone and "phone" in table.c and table.c.phone.info["privacy"] is Privacy.personal:
        yield table.c.phone == phone


def _as_written(keys: Sequence[Any], column: Column[Any]) -> list[Any]:
    return [str(key) for key in keys] if column.type.python_type is str else list(keys)


def _names_nobody_else(table: Table, people: Table, person_id: UUID) -> Iterator[ColumnElement[bool]]:
    for key in table.foreign_keys:
        if key.column.table is people:
            yield or_(key.parent.is_(None), key.parent == person_id)


async def _is_alone(session: AsyncSession, people: Table, phone: str) -> bool:
    sharing = select(func.count()).select_from(people).where(people.c.phone == phone)
    return await session.scalar(sharing) == 1
