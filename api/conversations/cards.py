"""Cards beside an answer on a page: made from what it says, kept with it, and looked at again when it is shown."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments import calendar, standing
from api.appointments import cards as visits
from api.appointments.tables import Appointment
from api.beneficiaries.tables import Beneficiary
from api.conversations.opening import audience_of, speaker
from api.conversations.returning import Opened
from api.conversations.showing import Reader, reader_of
from api.conversations.tables import Conversation, Message
from api.core.clock import now
from api.core.errors import NotFound
from api.privacy.audience import Channel
from api.privacy.disclosure import permitted
from api.texts.schemas import Saying, plain
from api.training import cards as courses

AS_ASKED = "ask_next_appointment"
"""Whoever may hear when the next appointment is may see what became of one that they were told of."""
GONE = "Cette fiche n'est plus là. Demandez « mon prochain rendez-vous »."

Card = dict[str, Any]


async def made(session: AsyncSession, conversation: Conversation, sayings: Sequence[Saying]) -> list[Card] | None:
    """The cards of what is being said: none by SMS, and none of the appointments of a confidential file.

    A file in a calendar outlives the conversation, and shows on whatever the calendar is shared with.
    """
    if conversation.channel is not Channel.web:
        return None
    told = visits.cards(sayings)
    if told:
        person = await speaker(session, conversation)
        told = [] if person is None or person.confidential else told
    found: list[Card] = plain([*told, *courses.cards(sayings)])
    return found or None


async def current(
    session: AsyncSession, conversation: Conversation, messages: Iterable[Message], reader: Reader
) -> dict[str, Appointment] | None:
    """The appointments of these messages' cards as they are now, by id; only those that `reader` may hear of.

    None: their file has become confidential since, and none of these cards is shown any more.
    """
    ids = {card["id"] for message in messages for card in message.cards or () if card["kind"] == visits.KIND}
    person = await session.get(Beneficiary, reader.person_id) if ids and reader.person_id else None
    if person and person.confidential:
        return None
    if person is None or "when" not in permitted(AS_ASKED, audience_of(conversation, person)):
        return {}
    return await standing.of_person(session, person.id, ids)


async def calendar_file(session: AsyncSession, opened: Opened, seq: int, nth: int) -> bytes:
    """The appointment of the `nth` card (from 1) of a message, for a calendar. Raises NotFound."""
    conversation = opened.conversation
    reader = reader_of(conversation, now(), opened.since)
    mine = select(Message).where(Message.conversation_id == conversation.id, Message.seq == seq)
    message = await session.scalar(mine) if seq >= opened.first else None
    kept = message.cards or [] if message and reader.may_read(message) else []
    if message is None or nth > len(kept) or kept[nth - 1]["kind"] != visits.KIND:
        raise NotFound(GONE, error="unknown_card")
    card, known = kept[nth - 1], await current(session, conversation, [message], reader)
    if known is None:
        raise NotFound(GONE, error="unknown_card")
    return calendar.written(card, known.get(card["id"]), message.created_at, now())
