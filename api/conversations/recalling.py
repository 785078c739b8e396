"""What we said before, with the facts that it was made of, so that it can be said again."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.tables import Author, Draft, Message, Turn
from api.texts.library import entries
from api.texts.schemas import Saying

NOTHING_OF_A_FILE = "nlu_fallback"
"""An intent under which only what everybody may hear is said."""


class Recalled(NamedTuple):
    """Something that was said."""

    sayings: list[Saying]
    intent: str
    """What it was the answer to: who may hear it follows from that."""


async def last_said(session: AsyncSession, message: Message) -> Recalled | None:
    """Our last answer before this message; None when we said nothing, or somebody else spoke last.

    What was made of facts that are not kept is left out.
    """
    before = select(Message).where(Message.conversation_id == message.conversation_id, Message.seq < message.seq)
    ours = before.where(Message.author != Author.person).order_by(Message.seq.desc()).limit(1)
    last = await session.scalar(ours)
    if last is None or last.author is not Author.assistant or last.turn_id is None:
        return None
    mine = select(Draft).where(Draft.turn_id == last.turn_id).order_by(Draft.action, Draft.ordinal)
    drafts = list(await session.scalars(mine))
    sayings = []
    for name in last.says:
        draft = next((one for one in drafts if one.say == name), None)
        if draft:
            drafts.remove(draft)
            sayings.append(Saying(name, draft.facts))
        elif _needs_no_facts(name):
            sayings.append(Saying(name))
    turn = await session.get(Turn, last.turn_id)
    return Recalled(sayings, turn.intent or NOTHING_OF_A_FILE if turn else NOTHING_OF_A_FILE)


async def recall(session: AsyncSession, message: Message, name: str) -> Recalled | None:
    """A text as it was said last in this conversation; None when its facts are not kept."""
    said = select(Draft, Turn.intent).join(Turn, Turn.id == Draft.turn_id)
    said = said.where(Turn.conversation_id == message.conversation_id, Draft.say == name)
    found = (await session.execute(said.order_by(Turn.started_at.desc(), Draft.ordinal.desc()).limit(1))).first()
    if found:
        draft, intent = found
        return Recalled([Saying(name, draft.facts)], intent or NOTHING_OF_A_FILE)
    return Recalled([Saying(name)], NOTHING_OF_A_FILE) if _needs_no_facts(name) else None


def _needs_no_facts(name: str) -> bool:
    return name in entries() and not entries()[name].example
