"""How far each caseworker has read what a person wrote."""

from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.caseworkers.accounts import Account
from api.conversations.tables import Author, Conversation, Message
from api.desk.scope import reachable
from api.desk.tables import LastRead
from api.escalations.tables import Escalation


async def mark_read(session: AsyncSession, who: Account, escalation_id: UUID, seq: int) -> None:
    """`who` has read as far as `seq`: it moves up only, never past what was said. Raises NotAllowedHere, NotFound."""
    row = await reachable(session, who, escalation_id)
    said = await session.scalar(select(Conversation.last_seq).where(Conversation.id == row.conversation_id)) or 0
    first = insert(LastRead).values(caseworker_id=who.id, escalation_id=row.id, seq=min(seq, said))
    further = func.greatest(LastRead.seq, first.excluded.seq)
    same = ("caseworker_id", "escalation_id")
    await session.execute(first.on_conflict_do_update(index_elements=same, set_={"seq": further}))


def unread(reader: UUID | ColumnElement[UUID]) -> ColumnElement[int]:
    """How many messages of the person are past what `reader` has read, for each Escalation of a query."""
    read = select(LastRead.seq).where(LastRead.caseworker_id == reader, LastRead.escalation_id == Escalation.id)
    past = select(func.count()).where(
        Message.conversation_id == Escalation.conversation_id,
        Message.author == Author.person,
        Message.seq > func.coalesce(read.correlate(Escalation).scalar_subquery(), 0),
    )
    return past.correlate(Escalation).scalar_subquery()
