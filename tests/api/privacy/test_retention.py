"""Each table lets go of what is past its days, a second after and not a second before, on a clock that stands."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.migrations.everything import METADATA
from api.privacy.belongings import LOOSE, key_of
from api.privacy.retention import purge, retention_of
from tests.api.privacy.rows import everything

NOW = datetime(2027, 3, 1, 4, tzinfo=UTC)
SECOND = timedelta(seconds=1)
DATED = [table for table in METADATA.sorted_tables if retention_of(table).days]
WITH_PARENT = [table for table in METADATA.sorted_tables if retention_of(table).parent]


def under(table: Table) -> set[Table]:
    """The tables whose rows PostgreSQL deletes with those of `table`."""
    found = {table}
    while more := {child for child in METADATA.sorted_tables if child not in found and set(dying_with(child)) & found}:
        found |= more
    return found - {table}


def dying_with(child: Table) -> Iterator[Table]:
    return (key.column.table for key in child.foreign_keys if key.ondelete == "CASCADE")


def dated(table: Table, age: timedelta) -> dict[str, Any]:
    after = retention_of(table).after
    assert after
    return {after: NOW - age}


async def is_there(session: AsyncSession, table: Table, key: Any) -> bool:
    return await session.scalar(select(key_of(table)).where(key_of(table) == key)) is not None


@pytest.mark.parametrize("table", DATED, ids=str)
async def test_a_row_goes_a_second_after_its_days_and_not_before(session: AsyncSession, table: Table) -> None:
    days = timedelta(days=retention_of(table).days or 0)
    young = {one.fullname: dated(one, timedelta()) for one in DATED}
    # What is under it and has a date of its own is older still: it would be waited for.
    old = young | {one.fullname: dated(one, timedelta(days=5000)) for one in under(table) if one in DATED}
    gone = await everything(session, old | {table.fullname: dated(table, days + SECOND)})
    kept = await everything(session, young | {table.fullname: dated(table, days - SECOND)}, shared=gone)
    removed = await purge(session, METADATA, NOW)
    assert removed[table.fullname] == 1
    assert not await is_there(session, table, gone[table.fullname])
    assert [name for name, key in kept.items() if not await is_there(session, METADATA.tables[name], key)] == []


@pytest.mark.parametrize("table", WITH_PARENT, ids=str)
def test_what_lives_with_its_parent_dies_with_it(table: Table) -> None:
    parent = METADATA.tables[retention_of(table).parent or ""]
    named = {METADATA.tables[loose.parent] for loose in LOOSE if loose.table == table.fullname}
    assert table in under(parent) or parent in named


async def test_rasa_forgets_a_conversation_with_us(session: AsyncSession) -> None:
    old = {one.fullname: dated(one, timedelta(days=5000)) for one in DATED}
    await everything(session, old)
    removed = await purge(session, METADATA, NOW)
    assert (removed["rasa.events"], removed["rasa.fences"]) == (1, 1)


async def test_a_person_waits_for_what_happened_later_than_was_written_down(session: AsyncSession) -> None:
    long_ago = timedelta(days=5000)
    old = {one.fullname: dated(one, long_ago) for one in DATED}
    made = await everything(session, old | {"appointments": dated(METADATA.tables["appointments"], timedelta(days=3))})
    await purge(session, METADATA, NOW)
    there = {name: await is_there(session, METADATA.tables[name], key) for name, key in made.items()}
    assert there["households"]
    assert there["beneficiaries"]
    assert there["appointments"]
    assert not there["conversations"]


async def test_nothing_is_left_of_somebody_who_is_long_gone(session: AsyncSession) -> None:
    old = {one.fullname: dated(one, timedelta(days=5000)) for one in DATED}
    made = await everything(session, old)
    await purge(session, METADATA, NOW)
    left = {name for name, key in made.items() if await is_there(session, METADATA.tables[name], key)}
    # An account lives as long as its caseworker, whom no date ends.
    expected = {"caseworker_accounts"}
    assert {table.fullname for table in (*DATED, *WITH_PARENT) if table.fullname in left} == expected
