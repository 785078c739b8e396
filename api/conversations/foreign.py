"""A message in another language: whether its card was said today in this conversation."""

from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.tables import Message
from api.core.clock import PARIS, paris
from api.languages import Language, language_of, languages
from api.privacy.masking import MASK


@dataclass(frozen=True)
class Foreign:
    """The language of a message that is not in French."""

    language: Language
    told: bool
    """Whether the card was said today: from midnight to midnight in Paris."""

    @property
    def says(self) -> str:
        """The name of what is said in it."""
        return self.language.again_name if self.told else self.language.card_name


async def foreign(session: AsyncSession, message: Message, text: str) -> Foreign | None:
    """What language the text of this message is in; None for French, and for a language that we do not know."""
    # What stands for a hidden number is ours, and French.
    code = language_of(text.replace(MASK, " "))
    if code is None:
        return None
    language = languages()[code]
    midnight = datetime.combine(paris(message.created_at).date(), time(), PARIS)
    said = exists().where(
        Message.conversation_id == message.conversation_id,
        Message.created_at >= midnight,
        Message.says.contains([language.card_name]),
    )
    return Foreign(language, bool(await session.scalar(select(said))))
