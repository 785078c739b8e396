"""A person who waits for somebody goes back to the assistant: what they asked for is withdrawn, if nobody took it."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.tables import Conversation, Mode
from api.desk import hearing, human_part
from api.desk.transitions import Step, record
from api.escalations.service import tell
from api.escalations.tables import Escalation, Event, Priority, Reason
from api.texts.schemas import Saying

OF_A_WISH = frozenset({Reason.asked, Reason.not_understood, Reason.support})
"""Requests that are but the wish for somebody. An agreed call, a complaint or a letter's deadline outlive it."""


async def back(session: AsyncSession, conversation: Conversation, now: datetime) -> Saying:
    """The assistant answers again; what is to be said of it. The requests were locked before the conversation.

    A button that is pressed once the wait is over takes nothing back.
    """
    if conversation.mode is not Mode.waiting:
        return Saying("waiting_left", {"withdrawn": False})
    await human_part.stop_waiting(session, conversation, now)
    rows = [row for row in await hearing.hold(session, conversation.id) if _may_go(row)]
    for row in rows:
        for event in (Event.withdrawn, Event.closed):
            await record(session, row, Step(event, None, now))
    for row in rows:
        await tell(session, row)
    return Saying("waiting_left", {"withdrawn": bool(rows)})


def _may_go(row: Escalation) -> bool:
    return row.owner_id is None and row.reason in OF_A_WISH and row.priority is not Priority.urgent
