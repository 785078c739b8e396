"""What messages of one turn say together, and what of the choices that were offered they make."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.reminding.open_asks import asked_here
from api.authorities.naming import home_in
from api.conversations.choosing import Offered, chosen
from api.conversations.grouping import of_one_turn
from api.conversations.misunderstood import UNCLEAR
from api.conversations.questions import OpenQuestion, open_question
from api.conversations.tables import Author, Choice, Message
from api.core.clock import paris
from api.core.folding import fold
from api.core.sealing import Sealer
from api.identity.reading import read_birth_date
from api.languages import spoken_in
from api.texts.numbering import MORE, NUMBER

ANSWERED_WITHIN = timedelta(days=3)
"""By SMS an answer may come the next day; after that, "oui" answers nothing that anybody remembers."""


CALL_BACK = "callback_ask_number"
"""The text that asks at which number to call back."""
SEARCH, NEAR = "search_support", "pres de chez moi"
"""A button of it with these words names what is looked for: "Les aides près de chez moi", under the driving licence."""


class Read(NamedTuple):
    """What messages that came together say."""

    text: str
    payload: dict[str, Any] | None
    """What they choose."""
    pressed: bool
    """Whether a button was pressed for it."""
    question: OpenQuestion
    """What was open when they were typed."""
    about: UUID | None = None
    """The earlier message whose words these are, when what was chosen is about it."""


async def read_rows(session: AsyncSession, sealer: Sealer, rows: list[Message], *, checked: bool) -> Read:
    """The words of messages that came together, what they choose, and what they may mean.

    "Réessayer" stands for what it repeats; "Vous parlez de … ?" is answered about the words that it was asked of.
    While somebody is `checked`, what is typed is for the identity check, unless something else was asked since: the
    number to call back was taken for that of a file.
    """
    text, pressed = "\n".join(_opened(sealer, row) for row in rows), rows[0].payload
    payload, question = pressed, OpenQuestion()
    if not pressed and not (checked and await _says_who(session, rows[0], text)):
        payload, question = await typed_choice(session, rows[0], text)
    about = (payload or {}).get("repeat") or (payload or {}).get("about")
    original = await session.get(Message, UUID(about)) if about else None
    if payload is None or original is None:
        return Read(text, payload, pressed is not None, question)
    again = "\n".join(row.text for row in await of_one_turn(session, original))
    if "repeat" in payload:
        return Read(again, original.payload, original.payload is not None, question, original.id)
    return Read(again, payload, pressed is not None, question, original.id)


async def typed_choice(
    session: AsyncSession, message: Message, text: str
) -> tuple[dict[str, Any] | None, OpenQuestion]:
    """What this text chooses of what was asked last before it, and that question: what came later was not read yet.

    After an answer that asks nothing, a reminder is still to be answered: people ask where it is, then say that they
    come.
    """
    last = await _last_before(session, message)
    choices = await _choices(session, last.id) if last else []
    question = open_question(last, choices)
    # "Le 3" is a day where a day was asked for, and no third choice.
    found = question.day_in(text, paris(message.created_at).date()) or _among(choices, text)
    found = found or question.time_in(text, message.created_at) or _near(choices, text)
    found = found or (await _time_before(session, message, last, text) if last else None)
    if last is None or found or _asks(last, choices):
        return found, question
    reminder = await asked_here(session, message.conversation_id, message.created_at - ANSWERED_WITHIN)
    return (_among(await _choices(session, reminder), text) if reminder else None), question


async def _time_before(session: AsyncSession, message: Message, last: Message, text: str) -> dict[str, Any] | None:
    """The day or time that a text gives to what we asked before we did not understand: that is still to be answered.

    "Lundi matin maï je lui di koi" was not understood, and then neither was "lundi matin".
    """
    while last and UNCLEAR.intersection(last.says):
        before = await _last_before(session, last)
        if before is None:
            return None
        last = before
        question = open_question(last, await _choices(session, last.id))
        found = question.day_in(text, paris(message.created_at).date()) or question.time_in(text, message.created_at)
        if found:
            return found
    return None


async def _last_before(session: AsyncSession, message: Message) -> Message | None:
    """What was said to the person last before this message."""
    said = (
        select(Message)
        .where(Message.conversation_id == message.conversation_id, Message.author != Author.person)
        .where(Message.seq < message.seq, Message.created_at > message.created_at - ANSWERED_WITHIN)
        .order_by(Message.seq.desc())
        .limit(1)
    )
    return await session.scalar(said)


async def _says_who(session: AsyncSession, message: Message, text: str) -> bool:
    """Whether what is typed is for an identity check: unless what was said last before it asks where to call back.

    A birth date says who one is whatever was asked: "je m'appelle Marion" had been heard as a wish to be called.
    """
    last = await _last_before(session, message)
    return last is None or CALL_BACK not in last.says or read_birth_date(text) is not None


def _asks(last: Message, choices: Sequence[Choice]) -> bool:
    """Whether a yes would be to this: whatever a caseworker writes may ask something, with or without the sign."""
    # The word of a card in another language asks for a person: a yes is to what was asked before it.
    card = spoken_in(last.says) is not None
    worded = not card and any(set(choice.words) - {NUMBER} for choice in choices if MORE.intent not in choice.payload)
    return last.author is not Author.assistant or "?" in last.text or worded


async def _choices(session: AsyncSession, message_id: UUID) -> list[Choice]:
    rows = select(Choice).where(Choice.message_id == message_id).order_by(Choice.ordinal)
    return list(await session.scalars(rows))


def _among(choices: Sequence[Choice], text: str) -> dict[str, Any] | None:
    place = chosen(text, [Offered(choice.title, tuple(choice.words)) for choice in choices])
    return None if place is None else choices[place].payload


def _near(choices: Sequence[Choice], text: str) -> dict[str, Any] | None:
    """The search that the last message offers, near where somebody says that they live; these words say where."""
    # Of "Aide pour me déplacer", one of several ways to go on, a place alone says nothing.
    near = [one.payload for one in choices if NEAR in fold(one.title) and one.payload.get("entities")]
    searches = [one for one in near if one.get("intent") == SEARCH]
    if len(searches) != 1 or home_in(text) is None:
        return None
    return {**searches[0], "reads": True}


def _opened(sealer: Sealer, message: Message) -> str:
    opened = sealer.open(message.sealed) if message.sealed else None
    return message.text if opened is None else opened
