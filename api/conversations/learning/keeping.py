"""Sentences that were not well understood are kept in the transaction that answers them: once each, or not at all."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.names import names_around
from api.conversations.decision import Decision
from api.conversations.learning.masking import keepable
from api.conversations.learning.tables import AnswerMark, Trouble, UnclearSentence
from api.conversations.meanings import URGENT, titles
from api.conversations.misunderstood import ASKED, ASKED_AGAIN, ONCE
from api.conversations.tables import Author, Message
from api.conversations.writing import Closing
from api.core.folding import words

LIKELIEST = 3


async def keep_unclear(closing: Closing, decision: Decision) -> None:
    """Keep what this turn answered without understanding it, or note what the person chose of what we asked back.

    Nothing of a confidential file, of what may be urgent, nor of what was written while somebody said who they are.
    """
    chosen = (closing.turn.payload or {}).get("intent")
    if closing.turn.about and "about" in (closing.turn.payload or {}):
        await _choose(closing, closing.turn.about, str(chosen))
    doubtful = [one for one in decision.requests if any(said["say"] == ONCE for said in one.says)]
    # Rasa learns French only.
    apart = closing.turn.audience.confidential or closing.turn.check_step or closing.turn.foreign
    if not doubtful or apart or closing.turn.payload or any(one.sealed for one in closing.messages):
        return
    likely = [one["name"] for request in doubtful for one in request.ranking[:LIKELIEST] if one["name"] in titles()]
    said = select(Message.says).where(Message.turn_id == closing.turn.turn_id, Message.author == Author.assistant)
    names = {name for says in await closing.session.scalars(said) for name in says}
    trouble = Trouble.asked_back if names & {ASKED, ASKED_AGAIN} else Trouble.not_understood
    await keep(closing.session, closing.message, closing.turn.text, closing.turn.person_id, trouble, likely)


async def keep(
    session: AsyncSession,
    message: Message,
    text: str,
    person_id: UUID | None,
    trouble: Trouble,
    meant: Collection[str],
) -> None:
    """Keep the words of this message, unless there is little in them, or danger may be meant. Twice is once."""
    masked = keepable(text, await names_around(session, person_id, words(text)))
    if masked is None or any(intent.startswith(URGENT) for intent in meant):
        return
    row: dict[str, Any] = {"conversation_id": message.conversation_id, "seq": message.seq, "text": masked}
    fresh = insert(UnclearSentence).values(**row, trouble=trouble, meant=list(dict.fromkeys(meant)))
    await session.execute(fresh.on_conflict_do_nothing(index_elements=["conversation_id", "seq"]))


async def forget(session: AsyncSession, conversation_id: UUID) -> None:
    """Whoever erases a conversation erases what was kept of it."""
    for table in (UnclearSentence, AnswerMark):
        await session.execute(delete(table).where(table.conversation_id == conversation_id))


async def _choose(closing: Closing, about: UUID, intent: str) -> None:
    asked = select(Message.seq).where(Message.id == about).scalar_subquery()
    mine = (UnclearSentence.conversation_id == closing.conversation.id, UnclearSentence.seq == asked)
    if intent.startswith(URGENT):
        await closing.session.execute(delete(UnclearSentence).where(*mine))
    else:
        await closing.session.execute(update(UnclearSentence).where(*mine).values(chosen=intent))
