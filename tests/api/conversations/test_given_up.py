"""A turn that broke twice is given up with the honest sentence, so that what is written after it is answered."""

import pytest
from sqlalchemy import select

from api.conversations.tables import Message, Turn, TurnKind
from tests.talking import Talk


async def broken_twice(talk: Talk, text: str) -> list[str]:
    """Write it, as if two workers had broken at it; what the third says."""
    seq = await talk.write(text)
    async with talk.database.transaction() as session:
        mine = select(Message).where(Message.conversation_id == talk.id, Message.seq == seq)
        message = (await session.scalars(mine)).one()
        session.add(Turn(conversation_id=talk.id, message_id=message.id, kind=TurnKind.first, attempts=2))
    await talk.answer()
    return [name for message in await talk.messages(seq) for name in message.says]


@pytest.mark.parametrize(
    "text", ["c'est quoi un référent ?", "c'est où vos bureaux", "bonjour", "hola buenos dias señora"]
)
async def test_whatever_it_was(talk: Talk, text: str) -> None:
    assert await broken_twice(talk, text) == ["still_trouble"]
    assert await talk.say("c'est quoi un référent ?") == ["word_referent"]


async def test_danger_is_answered_all_the_same(talk: Talk) -> None:
    assert await broken_twice(talk, "je veux mourir") == ["emergency_distress"]
