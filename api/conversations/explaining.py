"""What an answer that somebody got was made of: its texts in the words of that day, and where it was said."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.service import authority_of
from api.conversations.composing import MORE_SIMPLY
from api.conversations.opening import speaker
from api.conversations.tables import Conversation, Message
from api.core.clock import paris
from api.core.errors import NotFound
from api.privacy.audience import Channel
from api.texts.library import MSA_FORM, Entry, entries, overlaid
from api.texts.tables import TextVersion


@dataclass(frozen=True)
class Said:
    """A stored answer, as it was made."""

    texts: list[Entry]
    gone: list[str]
    """Names of texts that nobody says any more."""
    channel: Channel
    shortly: bool
    """Whether it was said again in simpler words."""
    departement: str | None
    day: date

    def forms(self, entry: Entry) -> list[str]:
        """What was said of one of its texts: as everybody hears it and, if that differs, as the MSA's people do.

        Which of the two is not kept.
        """
        again = "simple" if entry.simple else "sms"
        form = again if self.shortly else self.channel
        return [name for name in entry.forms() if name.removesuffix(MSA_FORM) == form]


async def said_in(session: AsyncSession, message_id: UUID) -> Said:
    """The texts of one message of ours, from its `says`; none for what a person wrote. Raises NotFound."""
    message = await session.get(Message, message_id)
    if message is None:
        raise NotFound("Ce message n'existe pas, ou n'existe plus.", error="unknown_message")
    conversation = await session.get_one(Conversation, message.conversation_id)
    person = await speaker(session, conversation)
    code = person.authority_code if person else conversation.authority_code
    words = await _words(session, code, message.says, message.created_at)
    return Said(
        texts=[words.get(name, entries()[name]) for name in message.says if name in entries()],
        gone=[name for name in message.says if name not in entries()],
        channel=conversation.channel,
        shortly=MORE_SIMPLY in message.says,
        departement=(await authority_of(session, code)).departement,
        day=paris(message.created_at).date(),
    )


async def _words(session: AsyncSession, code: str, names: Collection[str], moment: datetime) -> dict[str, Entry]:
    """The authority's own wording of these names, as it stood at that moment."""
    approved = select(TextVersion).where(
        TextVersion.authority_code == code, TextVersion.name.in_(names), TextVersion.approved_at <= moment
    )
    versions = await session.scalars(approved.order_by(TextVersion.version))
    return {one.name: overlaid(entries()[one.name], one.web, one.sms) for one in versions if one.name in entries()}
