"""Whether an answer helped: said once, changed a few times at most; if it did not, its question is for an editor."""

from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.grouping import of_one_turn
from api.conversations.learning.judging import is_answer, wording
from api.conversations.learning.keeping import keep
from api.conversations.learning.tables import AnswerMark, Trouble, UnclearSentence
from api.conversations.meanings import titles
from api.conversations.opening import audience_of, speaker
from api.conversations.returning import Opened
from api.conversations.service import DOTS
from api.conversations.tables import Author, Message, Turn
from api.core.errors import NotFound, TooMany
from api.texts.library import entries
from api.texts.tables import TextVersion

CHANGES = 10
"""Of mind about one answer; past that it is no person who presses."""
UNKNOWN = "Cette réponse n'existe pas, ou n'existe plus."


async def mark(session: AsyncSession, opened: Opened, seq: int, *, helpful: bool) -> None:
    """Note it for the assistant's answer `seq`, if it is theirs to read. The same again changes nothing.

    Raises NotFound when that is no answer of ours, TooMany after CHANGES.
    """
    conversation = opened.conversation
    answers = select(Message, Turn).join(Turn, Turn.id == Message.turn_id)
    mine = answers.where(Message.conversation_id == conversation.id, Message.seq == seq)
    found = (await session.execute(mine.where(Message.author == Author.assistant))).one_or_none()
    if found is None or seq < opened.first or not is_answer(found[0].says):
        raise NotFound(UNKNOWN, error="unknown_answer")
    answer, turn = found
    person = await speaker(session, conversation)
    code = person.authority_code if person else conversation.authority_code
    if not await _note(session, answer, turn, code, helpful):
        return
    question = await session.get_one(Message, turn.message_id)
    if helpful:
        await _take_back(session, question)
    elif not audience_of(conversation, person).confidential:
        await _keep_question(session, question, turn, person.id if person else None)


async def _note(session: AsyncSession, answer: Message, turn: Turn, code: str, helpful: bool) -> bool:
    """Whether that was news."""
    row = insert(AnswerMark).values(
        conversation_id=answer.conversation_id,
        seq=answer.seq,
        helpful=helpful,
        intent=turn.intent,
        texts=await _versions(session, answer, code),
    )
    changed = row.on_conflict_do_update(
        index_elements=["conversation_id", "seq"],
        set_={"helpful": helpful, "changes": AnswerMark.changes + 1},
        where=AnswerMark.helpful.is_not(helpful),
    )
    changes = await session.scalar(changed.returning(AnswerMark.changes))
    if changes is not None and changes > CHANGES:
        raise TooMany
    return changes is not None


async def _versions(session: AsyncSession, answer: Message, code: str) -> dict[str, int | str]:
    approved = select(TextVersion.name, func.max(TextVersion.version)).where(
        TextVersion.authority_code == code,
        TextVersion.name.in_(answer.says),
        TextVersion.approved_at <= answer.created_at,
    )
    rows = await session.execute(approved.group_by(TextVersion.name))
    own = {row[0]: row[1] for row in rows}
    # What a page shows was said by these files, or by those of an hour ago: an answer is judged where it is read.
    ours = {name: wording(entries()[name]) for name in answer.says if name in entries()}
    return ours | own


async def _keep_question(session: AsyncSession, question: Message, turn: Turn, person_id: UUID | None) -> None:
    """What was typed, not what was pressed; what was typed to say who somebody is stays nowhere."""
    text = "\n".join(one.text for one in await of_one_turn(session, question))
    if question.payload or DOTS in text:
        return
    meant = [turn.intent] if turn.intent in titles() else []
    await keep(session, question, text, person_id, Trouble.unhelpful, [intent for intent in meant if intent])


async def _take_back(session: AsyncSession, question: Message) -> None:
    mine = (UnclearSentence.conversation_id == question.conversation_id, UnclearSentence.seq == question.seq)
    await session.execute(delete(UnclearSentence).where(*mine, UnclearSentence.trouble == Trouble.unhelpful))
