"""Whose turn an action answers: read from our database, never from what Rasa says of it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Beneficiary
from api.conversations import opening
from api.conversations.tables import Conversation, Turn
from api.privacy.audience import Level


@dataclass(frozen=True)
class Speaker:
    """The conversation and turn in hand, and the person that they are about, if one was earned."""

    conversation_id: UUID
    turn_id: UUID
    person: Beneficiary | None
    level: Level

    @property
    def near(self) -> str | None:
        """INSEE code of where the person lives, to search around.

        Naming it tells it: not to whoever holds a telephone, and not from a confidential file.
        """
        proved = self.level in (Level.code, Level.link)
        return self.person.commune_insee if self.person and proved and not self.person.confidential else None


async def speaking(session: AsyncSession, tracker: Any) -> Speaker:
    """Who speaks in a tracker's turn (`latest_message.metadata.turn`; its sender is the conversation).

    Raises KeyError or ValueError without a turn, NoResultFound when the turn is not one of this conversation.
    """
    turn_id = UUID(tracker.latest_message["metadata"]["turn"])
    mine = select(Conversation).join(Turn, Turn.conversation_id == Conversation.id)
    conversation = await session.scalars(mine.where(Conversation.id == UUID(tracker.sender_id), Turn.id == turn_id))
    found = conversation.one()
    return Speaker(found.id, turn_id, await opening.speaker(session, found), found.level)
