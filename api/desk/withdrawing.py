"""A person takes back what they asked of the service, if nobody took it; or only goes back to the assistant."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

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
    """The assistant answers again, and what was asked stays: people who went back to ask more lost their request.

    The requests were locked before the conversation.
    """
    await _stop_waiting(session, conversation, now)
    rows = await _wishes(session, conversation)
    if not rows:
        return Saying("waiting_left")
    return Saying("waiting_left_asked", {"requests": " ".join(str(row.id) for row in rows)})


async def withdraw(
    session: AsyncSession, conversation: Conversation, now: datetime, offered: Collection[UUID] | None = None
) -> Saying:
    """What was asked is taken back, and the assistant answers. `offered`: the requests of the button that was pressed.

    Without one, nothing is taken back once the wait is over. The requests were locked before the conversation.
    """
    waits = conversation.mode is Mode.waiting
    await _stop_waiting(session, conversation, now)
    meant = [row for row in await _wishes(session, conversation) if (waits if offered is None else row.id in offered)]
    for row in meant:
        for event in (Event.withdrawn, Event.closed):
            await record(session, row, Step(event, None, now))
    for row in meant:
        await tell(session, row)
    return Saying("waiting_withdrawn" if meant else "waiting_left")


async def _stop_waiting(session: AsyncSession, conversation: Conversation, now: datetime) -> None:
    if conversation.mode is Mode.waiting:
        await human_part.stop_waiting(session, conversation, now)


async def _wishes(session: AsyncSession, conversation: Conversation) -> list[Escalation]:
    return [row for row in await hearing.hold(session, conversation.id) if _may_go(row)]


def _may_go(row: Escalation) -> bool:
    return row.owner_id is None and row.reason in OF_A_WISH and row.priority is not Priority.urgent
