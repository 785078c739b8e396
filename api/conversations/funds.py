"""Which fund pays somebody's RSA, CAF or MSA: by what they wrote here, or by their file for whoever may hear it."""

import re
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Fund, Household
from api.conversations.opening import audience_of, speaker
from api.conversations.tables import Author, Conversation, Message, Turn
from api.core.documents import read_yaml
from api.core.folding import words
from api.core.normaliser import normalise
from api.privacy.disclosure import may_name_fund

FARMING = Path(__file__).parents[2] / "data" / "reference" / "farming_words.yml"
WISHES = ("search_training", "search_job", "apply_training", "inform", "ask_more")
"""Intents of who says what they want to become: "devenir maraîcher" tells nothing of who pays."""
LAST = 20
"""Messages that are read again. What was said before was long ago, and may have been about somebody else."""


def told(text: str) -> Fund | None:
    """The fund that a message tells of: by its name, when it names one alone, or by farming."""
    plain = " ".join(words(normalise(text)))
    if _farming().search(plain):
        return Fund.msa
    named = {fund for fund in Fund if re.search(rf"(?<!\bpas )(?<!\bpas la )(?<!\bpas a la )\b{fund}\b", plain)}
    return named.pop() if len(named) == 1 else None


async def paid_by(session: AsyncSession, conversation: Conversation) -> Fund | None:
    """What they last told of it in this conversation, or else what the file says; None when nothing tells."""
    wrote = (
        select(Message.text)
        .outerjoin(Turn, Turn.id == Message.turn_id)
        .where(Message.conversation_id == conversation.id, Message.author == Author.person)
        .where(Message.payload.is_(None), Turn.intent.is_(None) | Turn.intent.not_in(WISHES))
        .order_by(Message.seq.desc())
        .limit(LAST)
    )
    found = (told(text) for text in await session.scalars(wrote))
    return next((fund for fund in found if fund), None) or await _on_file(session, conversation)


async def _on_file(session: AsyncSession, conversation: Conversation) -> Fund | None:
    person = await speaker(session, conversation)
    if person is None or not may_name_fund(audience_of(conversation, person)):
        return None
    return (await session.get_one(Household, person.household_id)).fund


@lru_cache
def _farming() -> re.Pattern[str]:
    listed: list[str] = read_yaml(FARMING)
    # "Trois semaines chez un maraîcher" is not one's own farm.
    return re.compile(
        rf"(?<!\bpas )(?<!\bplus )(?<!\bchez un )(?<!\bchez une )(?<!\bchez des )\b({'|'.join(listed)})\b"
    )
