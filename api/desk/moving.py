"""A request goes to a colleague, to another organisation, or out of the list for a while."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.caseworkers.accounts import Account
from api.caseworkers.tables import Role
from api.conversations.service import readable
from api.core.errors import Unreadable
from api.desk import hearing
from api.desk.colleagues import colleague, other_team
from api.desk.scope import reachable
from api.desk.transitions import Step, conflict, in_reach, is_closed, let_go, record
from api.escalations.service import tell
from api.escalations.tables import Escalation, Event
from api.privacy.masking import mask_secrets
from api.texts.formats import clock_time, day

SNOOZED_AT_MOST = timedelta(days=60)


async def assign(
    session: AsyncSession, who: Account, escalation_id: UUID, version: int, caseworker: UUID, now: datetime
) -> int:
    """It is meant for this colleague, and whoever else had it lets go; the new version.

    A caseworker gives what they have or what nobody has; a supervisor, whatever the team has. Somebody absent may be
    chosen: whoever chooses sees it. Raises Conflict, and NotFound for somebody who does not answer in this team.
    """
    row = await reachable(session, who, escalation_id, lock=True)
    whom = await colleague(session, who, caseworker)
    if row.assigned_id == whom.id and row.owner_id in (None, whom.id):
        return row.version
    may = who.role is Role.supervisor or row.owner_id in (None, who.id)
    if not may or row.version != version or await is_closed(session, row):
        raise await conflict(session, row)
    await give_to(session, row, whom.id, who, now)
    await hearing.answer_heard(session, row, who.id)
    return row.version


async def give_to(session: AsyncSession, row: Escalation, caseworker_id: UUID, who: Account, now: datetime) -> None:
    """The row, its event and the person's conversation; desks are still to be told, after every other lock."""
    row.assigned_id = caseworker_id
    await record(session, row, Step(Event.assigned, who, now, target_id=caseworker_id))
    if row.owner_id != caseworker_id:
        await let_go(session, row)


async def pass_on(
    session: AsyncSession,
    who: Account,
    escalation_id: UUID,
    version: int,
    organisation: UUID,
    comment: str,
    now: datetime,
) -> int:
    """Another organisation answers from now on, and this one reaches it no more; the new version.

    The whole conversation and the comment go with it; notes stay with whoever wrote them. Raises Conflict, TooLarge,
    Unreadable, and NotFound for an organisation where nobody answers.
    """
    row = await in_reach(session, who, escalation_id, version)
    to, kept = await other_team(session, who, organisation), mask_secrets(readable(comment)).text
    row.organisation_id, row.authority_code = to.id, to.authority_code
    row.assigned_id = row.snoozed_until = row.alerted_at = None
    await record(session, row, Step(Event.passed_on, who, now, kept, to.id))
    await let_go(session, row)
    await hearing.answer_heard(session, row, who.id, left=who.organisation_id, rings=True)
    return row.version


async def snooze(
    session: AsyncSession, who: Account, escalation_id: UUID, version: int, until: datetime, now: datetime
) -> int:
    """Out of the list until then (aware), or until the person writes; the new version. Raises Conflict, Unreadable."""
    row = await reachable(session, who, escalation_id, lock=True)
    if row.snoozed_until == until:
        return row.version
    if not now < until <= now + SNOOZED_AT_MOST:
        raise Unreadable(f"Choisissez une date dans les {SNOOZED_AT_MOST.days} jours.", error="too_far")
    row = await in_reach(session, who, escalation_id, version)
    row.snoozed_until = until
    await record(session, row, Step(Event.snoozed, who, now, f"jusqu'au {day(until)} à {clock_time(until)}"))
    await tell(session, row, who.id)
    return row.version
