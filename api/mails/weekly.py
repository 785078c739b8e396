"""How many people no SMS reaches, once a week at eight, for each team that may write to them: never who."""

from collections import Counter
from datetime import date, datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.reminding.unreachable import unreachable
from api.authorities.tables import Organisation
from api.beneficiaries.tables import Beneficiary
from api.core.clock import PARIS, paris
from api.core.public_holidays import is_holiday
from api.desk.fields import visible
from api.desk.unreached import NEEDED
from api.mails import letters
from api.mails.digest import EIGHT, SATURDAY, UNTIL
from api.mails.tables import MailKind, OutgoingMail
from api.mails.teams import write_to


async def weekly(session: AsyncSession, desk_url: str, now: datetime) -> None:
    """Write it, on the first working day of the week, when it is time and it was not written: whoever asks.

    All teams in one transaction: where one has its mail, the others have theirs, and nobody is counted again.
    """
    today = paris(now).date()
    eight = datetime.combine(today, EIGHT, PARIS)
    if today != _first_working_day(today) or not eight <= now < eight + UNTIL:
        return
    reference = f"unreached/{today.isoformat()}"
    if await session.scalar(select(exists().where(OutgoingMail.reference.startswith(f"{reference}/")))):
        return
    for team, count in await _teams(session, eight):
        await write_to(session, team, MailKind.unreached, letters.unreached(desk_url, count), reference)


async def _teams(session: AsyncSession, eight: datetime) -> list[tuple[Organisation, int]]:
    """Those that may see the list and have somebody in it, each with how many."""
    found = await unreachable(session, Beneficiary.organisation_id.is_not(None), eight)
    counts = Counter(one.organisation for one in found)
    teams = await session.scalars(select(Organisation).where(Organisation.id.in_(counts)).order_by(Organisation.id))
    return [(team, counts[team.id]) for team in teams if visible(team.kind) >= NEEDED]


def _first_working_day(today: date) -> date | None:
    """Of this week; Monday unless it is a holiday."""
    week = (today + timedelta(days=nth - today.weekday()) for nth in range(SATURDAY))
    return next((day for day in week if not is_holiday(day)), None)
