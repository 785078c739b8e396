"""What is said becomes a message: its text, its buttons and, by SMS, its place in the outbox."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations import cards, outbox
from api.conversations.service import next_message
from api.conversations.tables import Author, Choice, Conversation, Message, MessageStatus
from api.privacy.audience import Channel
from api.privacy.disclosure import GENERAL
from api.texts.library import Button, entries
from api.texts.numbering import MORE
from api.texts.service import Spoken


async def say(
    session: AsyncSession,
    conversation: Conversation,
    author: Author,
    spoken: Spoken,
    *,
    answers: UUID | None = None,
    turn_id: UUID | None = None,
    not_before: datetime | None = None,
) -> Message:
    """Write it, under the conversation's lock. `answers`: the message that "Réessayer" would ask again.

    `not_before`: by SMS only, when it may go at the earliest; now if it is not given.
    """
    message = next_message(conversation, author, spoken.text, MessageStatus.sent)
    message.says, message.turn_id = list(spoken.names), turn_id
    message.about_id = conversation.beneficiary_id if _tells_of_a_file(spoken) else None
    message.cards = await cards.made(session, conversation, spoken.sayings)
    session.add(message)
    await session.flush()
    session.add_all(offered(message, spoken, answers))
    if conversation.channel is Channel.sms:
        await outbox.reply(session, conversation, message, not_before)
    return message


def _tells_of_a_file(spoken: Spoken) -> bool:
    return any(entries()[name].tells != GENERAL for name in spoken.names)


def offered(message: Message, spoken: Spoken, answers: UUID | None = None) -> list[Choice]:
    """The buttons of a message, as rows."""
    rows = []
    for ordinal, button in enumerate(spoken.buttons):
        payload = _payload(button, answers, spoken.buttons[ordinal + 1 :])
        row = Choice(message_id=message.id, ordinal=ordinal, title=button.title, payload=payload)
        row.words = list(button.words)
        rows.append(row)
    return rows


def _payload(button: Button, answers: UUID | None, behind: Sequence[Button]) -> dict[str, Any]:
    match button.intent:
        case MORE.intent:
            return {MORE.intent: [asdict(one) for one in behind]}
        case "repeat":
            return {"repeat": str(answers)}
        case "mean":
            # What was meant by the words that this was asked of: they still say which place, which trade.
            precisely = {"says": button.entities["says"]} if button.entities.get("says") else {}
            return {"intent": button.entities["meant"], "about": str(answers), **precisely}
        case "waiting" if button.entities.get("answer") == "ask":
            # The message that it stands under, whatever was written since.
            return {"intent": "waiting", "entities": {**button.entities, "message": str(answers)}}
        case "ask":
            # It answers a question of ours, and is no intent of Rasa's.
            return dict(button.entities)
        case intent:
            return {"intent": intent, "entities": button.entities}
