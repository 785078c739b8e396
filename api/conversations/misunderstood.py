"""What is said when nothing is understood for sure: what was meant is asked; the second time, somebody is offered."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.bands import bands
from api.conversations.tables import Author, Choice, Conversation, Message
from api.core.documents import read_yaml
from api.texts.schemas import Saying

FILE = Path(__file__).parents[2] / "data" / "reference" / "meanings.yml"
ONCE, TWICE, ASKED, ASKED_AGAIN = "not_understood", "not_understood_twice", "asked_back", "asked_back_again"
AT_MOST = 3
"""Choices, with "Autre chose" a fourth."""
AT_MOST_AGAIN = 2
"""The second time: a person of the service is a choice too."""
AS_LIKELY = 0.25
"""Of the likeliest: what is further behind would only lengthen the list."""
URGENT = "emergency_"


async def once_more(
    session: AsyncSession, conversation: Conversation, sayings: Sequence[Saying], ranking: Sequence[dict[str, Any]]
) -> list[Saying]:
    """What is to be said, or what takes its place where it is that nothing was understood.

    Asked back, then not understood, is twice: counted in our rows, whatever Rasa remembers. A doubt about something
    else is asked once more, a person beside it. `ranking`: `[{name, confidence}]`, the likeliest first.
    """
    if [saying.name for saying in sayings] != [ONCE]:
        return list(sayings)
    ours = select(Message).where(Message.conversation_id == conversation.id, Message.author != Author.person)
    last = await session.scalar(ours.order_by(Message.seq.desc()).limit(1))
    before = set(last.says) if last else set()
    meant = meanings(ranking)
    if meant and not before & {ASKED, ASKED_AGAIN}:
        return [Saying(ASKED, {"meanings": meant})]
    other = await _not_offered(session, last, meant) if last and ASKED in before else []
    if other:
        return [Saying(ASKED_AGAIN, {"meanings": other[:AT_MOST_AGAIN]})]
    return [Saying(TWICE)] if {ONCE, TWICE, ASKED, ASKED_AGAIN} & before else list(sayings)


async def _not_offered(session: AsyncSession, last: Message, meant: list[dict[str, str]]) -> list[dict[str, str]]:
    """Those meanings that our last message did not offer: what was passed over is not offered again."""
    offered = select(Choice.payload).where(Choice.message_id == last.id)
    passed_over = {payload.get("intent") for payload in await session.scalars(offered)}
    return [one for one in meant if one["intent"] not in passed_over]


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
