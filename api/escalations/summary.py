"""A request in five lines at most, all of them taken from the conversation: nothing is added to what was written."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.said_before import SAYS_LITTLE
from api.conversations.tables import Author, Message, Turn, TurnKind
from api.escalations.subjects import SUBJECTS
from api.escalations.tables import Escalation
from api.languages import PREFIX, spoken_in

LINES = 5
SIGNS = 120
BEFORE = 2
"""Messages from before the request; the one that became its line is shown already."""
LOOKED_AT = 60
"""The last messages of a conversation; what was said before them is in the thread."""
ABOUT, WROTE, ANSWERED, SINCE = "Sujets :", "A écrit :", "L'assistant a répondu :", "Depuis :"
URGENT = "Message urgent :"
LANGUAGE = "A écrit dans une autre langue :"
LITTLE = frozenset(SAYS_LITTLE) - {"nlu_fallback"}
"""What only the assistant did not understand says something to somebody who reads it."""
FEWEST = 2
"""Words of a message that says something to whoever waits for it: "merci", "ok" and "?" do not."""
EMPTY = ("human_asked", "waiting_", "not_understood", "still_trouble", "masked_notice", PREFIX)
"""What begins the names of answers that tell nothing of what was wanted."""


class Told(NamedTuple):
    """One message, with the intent that it was understood as."""

    message: Message
    turn_id: UUID | None
    intent: str | None


async def summary_of(session: AsyncSession, escalation: Escalation) -> list[str]:
    """The lines; empty when there is no conversation, or nothing in it but what the request's own line says."""
    if escalation.conversation_id is None:
        return []
    told = await _told(session, escalation.conversation_id)
    urgent = [one for one in told if (one.intent or "").startswith("emergency_")]
    said = [one for one in told if _tells(one) and one not in urgent]
    before = [one for one in said if one.message.created_at <= escalation.created_at]
    since = said[len(before) :]
    lines = [
        *_language(told),
        *_quoted(URGENT, _without(escalation.line, urgent)[-1:]),
        *_about(before),
        *_quoted(WROTE, _without(escalation.line, before)[-BEFORE:]),
        *_answer(told, before),
        *_quoted(SINCE, since[-1:]),
    ]
    return list(dict.fromkeys(lines))[:LINES]


async def _told(session: AsyncSession, conversation_id: UUID) -> list[Told]:
    # Of messages that were one turn each was understood as the whole.
    answered = and_(Message.author == Author.person, Turn.id == Message.turn_id)
    first = and_(answered, Turn.kind == TurnKind.first)
    rows = select(Message, Turn.id, Turn.intent).outerjoin(Turn, first)
    mine = rows.where(Message.conversation_id == conversation_id).order_by(Message.seq.desc()).limit(LOOKED_AT)
    return [Told(*row) for row in reversed((await session.execute(mine)).all())]


def _tells(one: Told) -> bool:
    """Whether the person wrote it themselves, and it says something."""
    message = one.message
    if message.author is not Author.person or message.payload is not None or one.intent in LITTLE:
        return False
    return len(re.findall(r"\w+", message.text)) >= FEWEST


def _language(told: Iterable[Told]) -> Iterator[str]:
    """The last language that we answered in, beside French: an interpreter is found before an answer is written."""
    spoken = [spoken_in(one.message.says) for one in told if one.message.author is Author.assistant]
    yield from (_line(LANGUAGE, language.name) for language in [one for one in spoken if one][-1:])


def _about(said: Iterable[Told]) -> Iterator[str]:
    subjects = dict.fromkeys(SUBJECTS[one.intent] for one in said if one.intent in SUBJECTS)
    if subjects:
        yield _line(ABOUT, ", ".join(subjects))


def _without(line: str, said: Iterable[Told]) -> list[Told]:
    """What the request's own line does not say yet, whole or cut short."""
    cut = line.removesuffix("…") if line.endswith("…") else None
    flat = ((one, _flat(one.message.text)) for one in said)
    return [one for one, text in flat if text not in line and not (cut and text.startswith(cut))]


def _quoted(label: str, said: Iterable[Told]) -> Iterator[str]:
    return (_line(label, _flat(one.message.text)) for one in said)


def _answer(told: Iterable[Told], said: list[Told]) -> Iterator[str]:
    """The first sentence of the last answer to what the person wanted."""
    asked = {one.turn_id for one in said}
    answers = [
        one.message
        for one in told
        if one.message.author is Author.assistant
        and one.message.turn_id in asked
        and not one.message.says[0].startswith(EMPTY)
    ]
    yield from (_line(ANSWERED, _first(message.text)) for message in answers[-1:])


def _first(text: str) -> str:
    return re.split(r"(?<=[.!?])\s|\n", text.strip(), maxsplit=1)[0]


def _line(label: str, piece: str) -> str:
    room = SIGNS - len(label) - 1
    return f"{label} {piece if len(piece) <= room else piece[: room - 1].rstrip() + '…'}"


def _flat(text: str) -> str:
    return " ".join(text.split())
