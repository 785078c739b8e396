"""Erasing a person, or a conversation, from every table that there is: one that is added later is not forgotten."""

from collections.abc import Iterator, Sequence
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Column, CursorResult, MetaData, Table, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.columns import Privacy
from api.privacy.belongings import Rows, belongings, key_of, parents_first

REVEALING = frozenset({Privacy.personal, Privacy.intimate, Privacy.secret})


async def erase_person(session: AsyncSession, metadata: MetaData, person_id: UUID) -> dict[str, int]:
    """Delete all that is about this person, and the household with its last member. Rows, by table. Raises NotFound."""
    found = await to_erase(session, metadata, person_id, lock=True)
    removed = {}
    for table in reversed(parents_first(metadata)):
        if keys := found.get(table):
            gone = await session.execute(delete(table).where(key_of(table).in_(keys)))
            removed[table.fullname] = cast("CursorResult[Any]", gone).rowcount
    return removed


async def to_erase(session: AsyncSession, metadata: MetaData, person_id: UUID, *, lock: bool = False) -> Rows:
    """What erasing this person would delete. Raises NotFound.

    A row that only points at them stays: PostgreSQL takes the pointer out (the free hour of a team).
    """
    found = await belongings(session, metadata, person_id, lock=lock)
    households, people = (metadata.tables[name] for name in ("households", "beneficiaries"))
    members = select(func.count()).select_from(people).where(people.c.household_id.in_(found[households]))
    if (await session.scalar(members) or 0) > 1:
        del found[households]
    return {table: keys for table, keys in found.items() if keys and not _only_points(table)}


async def erase_conversation(
    session: AsyncSession, metadata: MetaData, conversation_id: UUID, keep: Sequence[UUID]
) -> None:
    """Delete all that dies with a conversation, but for the messages to `keep`. The conversation itself goes on.

    Its fence stays: it shuts out whatever Rasa may still want to write.
    """
    tables = metadata.tables
    turns = select(tables["turns"].c.id).where(tables["turns"].c.conversation_id == conversation_id)
    codes = tables["outgoing_sms"]
    await session.execute(delete(codes).where(codes.c.message_id.is_(None), codes.c.turn_id.in_(turns)))
    await session.execute(
        delete(tables["rasa.events"]).where(tables["rasa.events"].c.sender_id == str(conversation_id))
    )
    for column in _dying_with(metadata, tables["conversations"]):
        rows = delete(column.table).where(column == conversation_id, key_of(column.table).not_in(keep))
        await session.execute(rows)


def _dying_with(metadata: MetaData, parent: Table) -> Iterator[Column[Any]]:
    """The columns that name a row of `parent`, and whose own row PostgreSQL deletes with it."""
    for table in reversed(parents_first(metadata)):
        yield from (
            key.parent for key in table.foreign_keys if key.column.table is parent and key.ondelete == "CASCADE"
        )


def _only_points(table: Table) -> bool:
    revealing = [column for column in table.columns if column.info["privacy"] in REVEALING]
    cleared = {key.parent for key in table.foreign_keys if key.ondelete == "SET NULL"}
    return bool(revealing) and all(column in cleared for column in revealing)
