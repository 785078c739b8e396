"""What waits, once a day at eight, for each team: how many, how late, how old."""

from datetime import datetime, time, timedelta

from sqlalchemy import func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.tables import Organisation
from api.core.clock import PARIS, paris
from api.core.public_holidays import is_holiday
from api.escalations.tables import Escalation, Event
from api.mails import letters
from api.mails.standing import last_turn, to_answer
from api.mails.tables import MailKind
from api.mails.teams import write_to

EIGHT = time(8)
UNTIL = timedelta(hours=4)
"""A worker that starts later in the morning still tells it; in the afternoon it is no news."""
SATURDAY = 5


async def digest(session: AsyncSession, desk_url: str, now: datetime) -> None:
    """Write it, when it is time and it was not written: once a day and a team, whoever asks.

    What counts is what waited at eight, so that who asks later writes the same.
    """
    today = paris(now).date()
    eight = datetime.combine(today, EIGHT, PARIS)
    if today.weekday() >= SATURDAY or is_holiday(today) or not eight <= now < eight + UNTIL:
        return
    for team, waiting, late, oldest in await _waiting(session, eight):
        letter = letters.digest(desk_url, waiting, late, (today - paris(oldest).date()).days)
        await write_to(session, team, MailKind.digest, letter, f"digest/{today.isoformat()}")


async def _waiting(session: AsyncSession, eight: datetime) -> list[tuple[Organisation, int, int, datetime]]:
    """Each team that has something to answer: how many, how many past the day promised, since when the oldest."""
    last = last_turn()
    counted = (
        select(
            Organisation, func.count(), func.count().filter(Escalation.due_at < eight), func.min(Escalation.created_at)
        )
        .select_from(Escalation)
        .join(last, true())
        .join(Organisation, Organisation.id == Escalation.organisation_id)
        .where(*to_answer(eight), Escalation.created_at < eight, Escalation.answered_at.is_(None))
        .where(last.c.event != Event.closed)
        .group_by(Organisation.id)
    )
    return [(team, count, late, oldest) for team, count, late, oldest in await session.execute(counted)]
