"""Two machines must not talk to each other: automatic answers, the same text over and over, forty answers a day."""

import re
from datetime import datetime, time, timedelta
from enum import StrEnum
from functools import cache

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.sms_words import FILE
from api.conversations.tables import Author, Conversation, Message
from api.core.clock import PARIS, paris
from api.core.documents import read_yaml
from api.core.folding import fold
from api.core.normaliser import normalise

ENOUGH = "sms_enough"
"""The text that says that there is no more today."""
A_DAY = 40
"""Answers of ours to one number, from midnight to midnight in Paris."""
SAME_TEXT = 3
SAME_WITHIN = timedelta(minutes=10)
AUTOMATIC = 2
AUTOMATIC_WITHIN = timedelta(days=1)
"""A telephone that answers by itself does so at each of our messages, and these may be hours apart."""


class Limit(StrEnum):
    """Why a message gets no answer."""

    loop = "loop"
    """A machine seems to write."""
    day = "day"
    """The day's answers are used up, which is still to be said."""
    over = "over"
    """It was said."""


def is_automatic(text: str) -> bool:
    """Whether a telephone or a mailbox answers in its owner's stead: it asks nothing."""
    return "?" not in text and _automatic().search(normalise(text)) is not None


async def limit_of(session: AsyncSession, conversation: Conversation, rows: list[Message]) -> Limit | None:
    """What forbids to answer these rows of one SMS turn; None for almost everybody."""
    said = await _today(session, conversation, rows[0].created_at)
    if ENOUGH in said:
        return Limit.over
    if await _goes_round(session, conversation, rows[-1]):
        return Limit.loop
    return Limit.day if len(said) >= A_DAY else None


async def _today(session: AsyncSession, conversation: Conversation, moment: datetime) -> list[str]:
    """The first text of each answer that this number got today from us, caseworkers left out."""
    midnight = datetime.combine(paris(moment).date(), time(), PARIS)
    ours = select(Message.says).join(Conversation, Conversation.id == Message.conversation_id)
    sent = ours.where(Conversation.phone == conversation.phone, Message.created_at >= midnight)
    rows = await session.scalars(sent.where(Message.author.in_([Author.assistant, Author.system])))
    return [says[0] if says else "" for says in rows]


async def _goes_round(session: AsyncSession, conversation: Conversation, last: Message) -> bool:
    """Whether this text came three times in ten minutes, or is the second of the day that writes itself."""
    since = last.created_at - AUTOMATIC_WITHIN
    written = select(Message.text, Message.created_at).join(Conversation, Conversation.id == Message.conversation_id)
    theirs = written.where(Conversation.phone == conversation.phone, Message.author == Author.person)
    recent = await session.execute(theirs.where(Message.created_at.between(since, last.created_at)))
    texts = [(text, moment) for text, moment in recent]
    near = [text for text, moment in texts if last.created_at - moment <= SAME_WITHIN]
    if sum(fold(text) == fold(last.text) for text in near) >= SAME_TEXT:
        return True
    return is_automatic(last.text) and sum(is_automatic(text) for text, _ in texts) >= AUTOMATIC


@cache
def _automatic() -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\S)(?:{phrase})(?!\S)" for phrase in read_yaml(FILE)["automatic"]))
