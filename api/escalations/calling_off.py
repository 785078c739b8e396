"""Not being called after all: what was asked is taken back, if nobody has taken it; whoever has it is told."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from api.desk.transitions import Step, record
from api.escalations.service import Asked, ask_human, open_one, tell
from api.escalations.tables import Escalation, Event, Priority, Reason
from api.texts.schemas import Saying

LINE = "Ne veut plus être rappelé"


async def call_off(session: AsyncSession, asked: Asked, now: datetime) -> list[Saying]:
    """That nobody will call; that whoever has it knows; or that no call was expected."""
    asked = replace(asked, reason=Reason.callback, line=LINE)
    found = await open_one(session, asked)
    if found is None:
        return [Saying("callback_none")]
    await session.refresh(found, with_for_update={"key_share": True})
    if found.owner_id or found.priority is Priority.urgent:
        return [Saying("callback_off_told", (await ask_human(session, asked, now)).facts)]
    await _withdraw(session, found, now)
    return [Saying("callback_off")]


async def _withdraw(session: AsyncSession, row: Escalation, now: datetime) -> None:
    for event in (Event.withdrawn, Event.closed):
        await record(session, row, Step(event, None, now))
    await tell(session, row)
