"""What a caseworker does with a request. Whoever acts upon what is no longer so is told who came first."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.caseworkers.accounts import Account
from api.conversations.service import locked as locked_conversation
from api.conversations.service import readable
from api.conversations.tables import Message
from api.core.errors import Conflict, Unreadable
from api.desk import hearing, human_part
from api.desk.labels import OUTCOMES
from api.desk.scope import locked, reachable
from api.desk.transitions import Step, already, conflict, in_reach, is_closed, owned, record
from api.escalations.events import add_event
from api.escalations.service import tell
from api.escalations.tables import Escalation, Event
from api.privacy.masking import mask_secrets


async def take(session: AsyncSession, who: Account, escalation_id: UUID, version: int, now: datetime) -> int:
    """From now on `who` answers; the new version. Taking what one has is having it. Raises Conflict."""
    row = await reachable(session, who, escalation_id, lock=True)
    if row.owner_id == who.id:
        return row.version
    if row.owner_id or row.version != version or await is_closed(session, row):
        raise await conflict(session, row)
    return await _move(session, row, Step(Event.taken, who, now))


async def give_back(session: AsyncSession, who: Account, escalation_id: UUID, version: int, now: datetime) -> int:
    """To the queue, for a colleague; the new version. Raises Conflict."""
    row = await owned(session, who, escalation_id, version)
    if row.assigned_id == who.id:
        row.assigned_id = None
    return await _move(session, row, Step(Event.given_back, who, now))


async def hand_back(session: AsyncSession, who: Account, escalation_id: UUID, version: int, now: datetime) -> int:
    """To the assistant; the request stays open. The new version. Raises Conflict."""
    row = await owned(session, who, escalation_id, version)
    return await _move(session, row, Step(Event.handed_back, who, now))


async def close(
    session: AsyncSession, who: Account, escalation_id: UUID, version: int, outcome: str, now: datetime
) -> int:
    """It was dealt with, by whoever has it or, when nobody has, by anybody; the new version.

    Raises Conflict, and Unreadable for an outcome that is not one of OUTCOMES.
    """
    row = await in_reach(session, who, escalation_id, version)
    if outcome not in OUTCOMES:
        raise Unreadable("Dites ce qu'est devenue cette demande.", error="unknown_outcome")
    return await _move(session, row, Step(Event.closed, who, now, outcome))


async def reopen(session: AsyncSession, who: Account, escalation_id: UUID, version: int, now: datetime) -> int:
    """It was not dealt with after all: back in the queue; the new version. Raises Conflict."""
    row = await reachable(session, who, escalation_id, lock=True)
    if row.version != version or not await is_closed(session, row):
        raise await conflict(session, row)
    row.answered_at = None
    return await _move(session, row, Step(Event.reopened, who, now))


async def close_unsigned(session: AsyncSession, escalation_id: UUID, text: str | None, now: datetime) -> None:
    """Closed from the house itself, without an account. Closing twice is closing once. Raises NotFound."""
    row = await locked(session, escalation_id)
    if not await is_closed(session, row):
        await _move(session, row, Step(Event.closed, None, now, text))


async def reply(
    session: AsyncSession, who: Account, escalation_id: UUID, reference: str, text: str, now: datetime
) -> int:
    """Write to the person, whose turn it is then; the message's seq. The same reference is the same message.

    Raises Conflict when somebody else has the request, TooLarge and Unreadable.
    """
    row = await reachable(session, who, escalation_id, lock=True)
    known = await already(session, row, who, Event.replied, reference)
    if row.conversation_id is None:
        raise Conflict("Cette demande n'a pas de conversation. Appelez la personne.", error="no_conversation")
    conversation = await locked_conversation(session, row.conversation_id)
    if known:
        return await _seq(session, conversation.id, reference)
    if row.owner_id != who.id:
        raise await conflict(session, row, "Prenez d'abord cette demande.")
    message = await human_part.write(session, conversation, mask_secrets(readable(text)).text, who.id)
    message.reference = _signed(reference)
    row.answered_at = now
    await add_event(session, row.id, Event.replied, author_id=who.id, reference=reference, created_at=now)
    await hearing.answer_heard(session, row, who.id)
    return message.seq


async def note(
    session: AsyncSession, who: Account, escalation_id: UUID, reference: str, text: str, now: datetime
) -> None:
    """For colleagues; the person never reads it. The same reference is the same note. Raises TooLarge, Unreadable."""
    row = await reachable(session, who, escalation_id, lock=True)
    if await already(session, row, who, Event.note, reference):
        return
    kept = mask_secrets(readable(text)).text
    await add_event(session, row.id, Event.note, text=kept, author_id=who.id, reference=reference, created_at=now)
    await tell(session, row, who.id)


async def _move(session: AsyncSession, row: Escalation, step: Step) -> int:
    """One transition: the row, its event, the person's conversation, and the feed, which is locked last."""
    who, event = step.who, step.event
    row.owner_id = who.id if who and event is Event.taken else None
    row.snoozed_until = None
    await record(session, row, step)
    if who and event is Event.taken:
        await human_part.begin(session, row, who.id, who.first_name)
    elif event is Event.given_back:
        await human_part.pause(session, row)
    elif event in (Event.handed_back, Event.closed):
        await human_part.end(session, row)
    await hearing.answer_heard(session, row, who.id if who else None)
    return row.version


async def _seq(session: AsyncSession, conversation_id: UUID, reference: str) -> int:
    mine = select(Message.seq).where(
        Message.conversation_id == conversation_id, Message.reference == _signed(reference)
    )
    seq = await session.scalar(mine)
    if seq is None:
        raise Conflict("La personne a effacé cette conversation.", error="erased")
    return seq


def _signed(reference: str) -> str:
    """A desk's reference among those of the person's browser, which may be anything."""
    return f"desk:{reference}"
