"""Sessions of the desk: a token kept as a digest, ended after half an hour without a word and after twelve hours."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.caseworkers.tables import CaseworkerSession
from api.core.sealing import Sealer, new_token

PURPOSE = "desk session"
IDLE = timedelta(minutes=30)
"""A desk left open in an office where people are received."""
IN_ALL = timedelta(hours=12)
"""A day's work; nobody is signed in from one day to the next."""
SEEN_EVERY = timedelta(minutes=1)
"""A page asks several times a second; its session is written once a minute."""


async def begin(session: AsyncSession, sealer: Sealer, caseworker_id: UUID, proved: bool, now: datetime) -> str:
    """A new session's token, for a cookie; it opens nothing before it is proved.

    Whatever says who somebody is ends here: a password and a code today, ProConnect one day.
    """
    token = new_token()
    opened = CaseworkerSession(
        token_digest=sealer.digest(PURPOSE, token),
        caseworker_id=caseworker_id,
        proved=proved,
        created_at=now,
        seen_at=now,
    )
    session.add(opened)
    await session.flush()
    return token


async def prove(session: AsyncSession, which: ColumnElement[bool], now: datetime) -> None:
    """From now on these sessions open the desk."""
    await session.execute(update(CaseworkerSession).where(which).values(proved=True, seen_at=now))


def is_open(sealer: Sealer, token: str, now: datetime) -> ColumnElement[bool]:
    """This token's session, as long as it lasts, proved or not."""
    return and_(
        CaseworkerSession.token_digest == sealer.digest(PURPOSE, token),
        CaseworkerSession.ended_at.is_(None),
        CaseworkerSession.seen_at > now - IDLE,
        CaseworkerSession.created_at > now - IN_ALL,
    )


async def seen(session: AsyncSession, row: CaseworkerSession, now: datetime) -> None:
    """Somebody is at this desk."""
    if now - row.seen_at >= SEEN_EVERY:
        row.seen_at = now
        await session.flush()


async def end(session: AsyncSession, which: ColumnElement[bool], now: datetime) -> None:
    """End these sessions, if they have not ended; they stay as long as security logs."""
    await session.execute(
        update(CaseworkerSession).where(which, CaseworkerSession.ended_at.is_(None)).values(ended_at=now)
    )
