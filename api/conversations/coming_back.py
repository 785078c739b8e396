"""A question of ours that was left for another one is said again, after the answer to that."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.opening import OpenTurn
from api.conversations.questions import questions
from api.conversations.recalling import Recalled, recall
from api.conversations.tables import Author, Message, TurnKind
from api.texts.library import PARTS, entries
from api.texts.numbering import NO, PHONE, YES
from api.texts.schemas import Saying

BACK = "back_to_question"
TWICE_IS_ENOUGH = 2
"""Times that a question is said in a row: whoever asks a third thing has left it."""
GIVES_UP = (
    *("stop_flow", "deny", "affirm", "goodbye", "complain", "explain_simpler", "request_human", "request_callback"),
    *("delete_data", "stop_sms", "emergency_"),
)
"""Intents, or how they begin: whoever says this does not come back to what we asked."""
IN_BETWEEN = {"thank": "thank_in_between", "greet": "greet_in_between"}
"""Small talk that would ask something itself, and what is said instead."""


async def question_again(
    session: AsyncSession, turn: OpenTurn, message: Message, intents: Sequence[str], said: Sequence[Saying]
) -> Recalled | None:
    """The question that this message digressed from, if it is still to be answered; `said`: what it is answered."""
    name = turn.question.name
    if name is None or not questions()[name].asks_again or turn.payload or turn.kind is TurnKind.again:
        return None
    if any(turn.question.is_left_by(intent) or intent.startswith(GIVES_UP) for intent in intents):
        return None
    if any(asks(saying) for saying in said) or await _said_enough(session, message, name):
        return None
    return await recall(session, message, name)


def asks(saying: Saying) -> bool:
    """Whether something is to be answered to it, beside the buttons that only say what else there is."""
    worded = {word for button in entries()[saying.name].choices for word in (*button.words, *_listed(button.each))}
    known = questions().get(saying.name)
    return (known is not None and known.asks_again) or bool({YES, NO, PHONE, PARTS} & worded)


def _listed(each: str | None) -> tuple[str, ...]:
    return (PARTS,) if each else ()


async def _said_enough(session: AsyncSession, message: Message, name: str) -> bool:
    before = select(Message.says).where(Message.conversation_id == message.conversation_id, Message.seq < message.seq)
    ours = before.where(Message.author != Author.person).order_by(Message.seq.desc()).limit(TWICE_IS_ENOUGH)
    said = list(await session.scalars(ours))
    return len(said) == TWICE_IS_ENOUGH and all(name in says for says in said)
