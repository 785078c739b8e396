"""What is said when nothing is understood for sure: what was meant is asked; the second time, somebody is offered."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.bands import bands
from api.conversations.tables import Author, Conversation, Message
from api.core.documents import read_yaml
from api.texts.schemas import Saying

FILE = Path(__file__).parents[2] / "data" / "reference" / "meanings.yml"
ONCE, TWICE, ASKED = "not_understood", "not_understood_twice", "asked_back"
AT_MOST = 3
"""Choices, with "Autre chose" a fourth."""
AS_LIKELY = 0.25
"""Of the likeliest: what is further behind would only lengthen the list."""
URGENT = "emergency_"


async def once_more(
    session: AsyncSession, conversation: Conversation, sayings: Sequence[Saying], ranking: Sequence[dict[str, Any]]
) -> list[Saying]:
    """What is to be said, or what takes its place where it is that nothing was understood.

    Asked back, then not understood, is twice: counted in our rows, whatever Rasa remembers. `ranking`:
    `[{name, confidence}]`, the likeliest first.
    """
    if [saying.name for saying in sayings] != [ONCE]:
        return list(sayings)
    said = select(Message.says).where(Message.conversation_id == conversation.id, Message.author != Author.person)
    before = set(await session.scalar(said.order_by(Message.seq.desc()).limit(1)) or [])
    meant = meanings(ranking)
    if meant and ASKED not in before:
        return [Saying(ASKED, {"meanings": meant})]
    return [Saying(TWICE)] if {ONCE, TWICE, ASKED} & before else list(sayings)


def meanings(ranking: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    """`[{intent, title}]` to choose from, in people's words; none when nothing is likely enough to be asked.

    Danger is asked first, however many are likelier.
    """
    known = [one for one in ranking if one["name"] in titles()]
    if not known or known[0]["confidence"] < bands().ask_back:
        return []
    least = known[0]["confidence"] * AS_LIKELY
    near = [one["name"] for one in known if one["confidence"] >= least]
    near.sort(key=lambda name: not name.startswith(URGENT))
    return [{"intent": name, "title": titles()[name]} for name in near[:AT_MOST]]


@cache
def titles() -> dict[str, str]:
    """What people would call each intent that can be asked about; small talk has no name."""
    return dict(read_yaml(FILE))
