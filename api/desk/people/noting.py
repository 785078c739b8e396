"""What is written in the journal whoever does it, the person's own caseworker included."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.caseworkers.accounts import Account
from api.core.clock import now
from api.desk.tables import Access

LIST = "/desk/people"
FILE = "/desk/people.csv"
MARK = "/desk/people/{person}/confidential"
LINK = "/desk/people/{person}/link"
REMINDERS = "/desk/people/{person}/reminders"
NUMBER = "/desk/people/{person}/number-checked"
ONE_LOOK = timedelta(minutes=15)
"""Pages and filters of one list are one look at it."""


async def act(session: AsyncSession, who: Account, what: str, person_id: UUID | None = None) -> None:
    """Something that leaves a trace each time: a list that leaves the house, a mark, a key to a file."""
    session.add(Access(caseworker_id=who.id, beneficiary_id=person_id, what=what))
    await session.flush()


async def look(session: AsyncSession, who: Account, what: str) -> None:
    """A list with colleagues' people was read, once for all its pages."""
    mine = (Access.caseworker_id == who.id, Access.what == what, Access.created_at > now() - ONE_LOOK)
    if not await session.scalar(select(exists().where(*mine))):
        await act(session, who, what)
