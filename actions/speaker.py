"""Whose turn an action answers: read from our database, never from what Rasa says of it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Beneficiary
from api.conversations import opening
from api.conversations.grouping import of_one_turn
from api.conversations.tables import Conversation, Message, Turn
from api.privacy.audience import Audience, Level
from api.privacy.disclosure import permitted


@dataclass(frozen=True)
class Speaker:
    """The conversation and turn in hand, and the person that they are about, if one was earned."""

    conversation_id: UUID
    turn_id: UUID
    person: Beneficiary | None
    audience: Audience
    authority_code: str
    """Of the person, or else of the conversation."""
    phone: str | None
    """The number that writes, by SMS."""
    text: str
    """What was written, as it is kept: secrets masked, nothing else. What was asked back has its first words."""

    @property
    def near(self) -> str | None:
        """INSEE code of where the person lives, to search around.

        Naming it tells it: not to whoever holds a telephone, and not from a confidential file.
        """
        proved = self.audience.level in (Level.code, Level.link)
        return self.person.commune_insee if self.person and proved and not self.person.confidential else None

    def may_act(self, intent: str) -> Beneficiary | None:
        """The person, if this conversation may hear and change what the intent is about (`disclosure.yml`)."""
        return self.person if self.person and permitted(intent, self.audience) else None


async def speaking(session: AsyncSession, tracker: Any) -> Speaker:
    """Who speaks in a tracker's turn (`latest_message.metadata.turn`; its sender is the conversation).

    Raises KeyError or ValueError without a turn, NoResultFound when the turn is not one of this conversation.
    """
    turn_id = UUID(tracker.latest_message["metadata"]["turn"])
    mine = select(Conversation, Message).join(Turn, Turn.conversation_id == Conversation.id)
    mine = mine.join(Message, Message.id == Turn.message_id)
    found = await session.execute(mine.where(Conversation.id == UUID(tracker.sender_id), Turn.id == turn_id))
    conversation, message = found.one()
    person = await opening.speaker(session, conversation)
    return Speaker(
        conversation_id=conversation.id,
        turn_id=turn_id,
        person=person,
        audience=opening.audience_of(conversation, person),
        authority_code=person.authority_code if person else conversation.authority_code,
        phone=conversation.phone,
        text=await _words(session, message, tracker.latest_message["metadata"].get("about")),
    )


async def _words(session: AsyncSession, message: Message, about: str | None) -> str:
    """The message's own words, or those of an earlier one of its conversation that it stands for."""
    original = await session.get(Message, UUID(about)) if about else None
    if original is None or original.conversation_id != message.conversation_id:
        return message.text
    return " ".join(row.text for row in await of_one_turn(session, original))
