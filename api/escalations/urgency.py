"""What cannot wait rings at a desk, whoever has the conversation, and whatever the assistant answered by itself."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Beneficiary
from api.conversations.tables import Conversation
from api.escalations.events import add_event, closed
from api.escalations.service import NAMED_BY_LINE, Asked, one_line, open_request, raise_to, route_for, tell
from api.escalations.tables import Escalation, Event, Kind, Priority, Reason

INTENTS = "emergency_"
"""What begins the intents of urgent messages, ours and Rasa's."""


async def alarm(
    session: AsyncSession, conversation: Conversation, person: Beneficiary | None, text: str, now: datetime
) -> Escalation:
    """The request of this conversation that rings from now on: one that is open is raised, or else one is opened.

    Under the conversation's lock, in the transaction that closes the turn.
    What is being acted upon at this moment is left alone, for it waits for this conversation: then another is opened.
    """
    row = await _raised(session, conversation.id, text) or await _opened(session, conversation, person, text, now)
    await tell(session, row, rings=True)
    return row


async def _raised(session: AsyncSession, conversation_id: UUID, text: str) -> Escalation | None:
    """The request that is raised, locked: what somebody has, or what is urgent already, or what was asked first."""
    # A course or an appointment that is asked for is another matter, unless somebody is answering it now.
    talked = or_(Escalation.owner_id.is_not(None), Escalation.reason.not_in(NAMED_BY_LINE))
    here = Escalation.conversation_id == conversation_id
    mine = select(Escalation).where(here, Escalation.kind == Kind.to_answer, talked)
    order = (Escalation.owner_id.is_(None), Escalation.priority != Priority.urgent, Escalation.created_at)
    free = mine.order_by(*order).with_for_update(key_share=True, skip_locked=True)
    rows = list(await session.scalars(free.execution_options(populate_existing=True)))
    shut = await closed(session, [row.id for row in rows])
    row = next((row for row in rows if row.id not in shut), None)
    if row is None:
        return None
    row.snoozed_until = row.answered_at = None
    if row.priority is Priority.urgent:
        await add_event(session, row.id, Event.repeated, text=one_line(text))
    else:
        await raise_to(session, row, Priority.urgent, one_line(text))
    return row


async def _opened(
    session: AsyncSession, conversation: Conversation, person: Beneficiary | None, text: str, now: datetime
) -> Escalation:
    asked = Asked(
        reason=Reason.urgent,
        line=text,
        authority_code=person.authority_code if person else conversation.authority_code,
        channel=conversation.channel,
        conversation_id=conversation.id,
        person=person,
        phone=conversation.phone,
    )
    return await open_request(session, asked, await route_for(session, asked, now), now)
