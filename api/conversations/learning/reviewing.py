"""What waits for an editor: found by the name that the list gives it, and gone once it is handled."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.learning.grouping import Group, grouped, short
from api.conversations.learning.tables import UnclearSentence
from api.core.errors import NotFound

AT_MOST = 3_000
"""Sentences, the newest: comparing them takes two seconds; the others come when these are handled."""


async def waiting(session: AsyncSession) -> list[Group]:
    """Every group that waits, the biggest first."""
    newest = select(UnclearSentence).order_by(UnclearSentence.created_at.desc(), UnclearSentence.id).limit(AT_MOST)
    return grouped(reversed(list(await session.scalars(newest))))


async def named(session: AsyncSession, name: str) -> list[UnclearSentence]:
    """The sentences of the group of this name, or the one of this name. Raises NotFound."""
    groups = await waiting(session)
    whole = [group.sentences for group in groups if group.name == name]
    alone = [[one] for group in groups for one in group.sentences if short(one) == name]
    if not whole + alone:
        raise NotFound(f"Aucune phrase ni aucun groupe ne s'appelle « {name} ».", error="unknown_sentence")
    return (whole + alone)[0]


async def handled(session: AsyncSession, sentences: Sequence[UnclearSentence]) -> None:
    """They are in a file by now, or nobody wants them: nothing more is kept of them."""
    gone = delete(UnclearSentence).where(UnclearSentence.id.in_([one.id for one in sentences]))
    await session.execute(gone)


def as_json(group: Group) -> dict[str, Any]:
    """`{group, count, chosen, meant, sentences: [{id, text, trouble}]}`; `chosen` and `meant`: {intent: times}."""
    rows = group.sentences
    return {
        "group": group.name,
        "count": len(rows),
        "chosen": dict(Counter(one.chosen for one in rows if one.chosen).most_common()),
        "meant": dict(Counter(intent for one in rows for intent in one.meant).most_common()),
        "sentences": [{"id": short(one), "text": one.text, "trouble": one.trouble} for one in rows],
    }


def suggested(group: Group) -> str | None:
    """The intent that people chose themselves, or else the one that it was taken for most often."""
    told = as_json(group)
    return next(iter(told["chosen"] or told["meant"]), None)
