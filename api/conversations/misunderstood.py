"""What is said when nothing is understood for sure: what was meant is asked; the second time, somebody is offered."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.meanings import Near, meanings
from api.conversations.tables import Author, Choice, Conversation, Message
from api.texts.schemas import Saying

ONCE, TWICE, ASKED, ASKED_AGAIN = "not_understood", "not_understood_twice", "asked_back", "asked_back_again"
UNCLEAR = frozenset({ONCE, TWICE, ASKED, ASKED_AGAIN})
AT_MOST_AGAIN = 2
"""The second time: a person of the service is a choice too."""


async def once_more(
    session: AsyncSession,
    conversation: Conversation,
    sayings: Sequence[Saying],
    ranking: Sequence[dict[str, Any]],
    near: Callable[[], Sequence[Near]] = tuple,
) -> list[Saying]:
    """What is to be said, or what takes its place where it is that nothing was understood.

    Asked back, then not understood, is twice: counted in our rows, whatever Rasa remembers. A doubt about something
    else is asked once more, a person beside it. `ranking`: `[{name, confidence}]`; `near`: narrower answers; both the
    likeliest first.
    """
    if [saying.name for saying in sayings] != [ONCE]:
        return list(sayings)
    ours = select(Message).where(Message.conversation_id == conversation.id, Message.author != Author.person)
    last = await session.scalar(ours.order_by(Message.seq.desc()).limit(1))
    before = set(last.says) if last else set()
    meant = meanings(ranking, near())
    if meant and not before & {ASKED, ASKED_AGAIN}:
        return [Saying(ASKED, {"meanings": meant})]
    other = await _not_offered(session, last, meant) if last and ASKED in before else []
    if other:
        return [Saying(ASKED_AGAIN, {"meanings": other[:AT_MOST_AGAIN]})]
    return [Saying(TWICE)] if {ONCE, TWICE, ASKED, ASKED_AGAIN} & before else list(sayings)


async def _not_offered(session: AsyncSession, last: Message, meant: list[dict[str, str]]) -> list[dict[str, str]]:
    """Those meanings that our last message did not offer: what was passed over is not offered again."""
    offered = select(Choice.payload).where(Choice.message_id == last.id)
    passed_over = {(one.get("intent"), one.get("says", "")) for one in await session.scalars(offered)}
    return [one for one in meant if (one["intent"], one["says"]) not in passed_over]
