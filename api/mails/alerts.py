"""Telling a team by e-mail that nobody has taken a request in time: how many, never what they say."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import FromClause, Select, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.tables import Authority, Organisation
from api.escalations.tables import Escalation, Priority
from api.mails import letters
from api.mails.patience import alert_at
from api.mails.standing import WAITING_AGAIN, last_turn, to_answer
from api.mails.tables import MailKind
from api.mails.teams import write_to


async def alert(session: AsyncSession, desk_url: str, now: datetime) -> int:
    """One e-mail to each team for all that it has left too long; how many requests were told of.

    A request is told of once for each time that it began to wait. It is marked in the transaction that writes the
    e-mail: a worker that dies before its end has done neither.
    """
    told: dict[Organisation, list[Escalation]] = defaultdict(list)
    for row, team in await _held(session, await _late(session, now), now):
        told[team].append(row)
        row.alerted_at = now
    for team, rows in told.items():
        urgent = sum(row.priority is Priority.urgent for row in rows)
        letter = letters.untaken(desk_url, len(rows), urgent)
        await write_to(session, team, MailKind.late, letter, f"late/{rows[0].id}/{now.isoformat()}")
    await session.flush()
    return sum(map(len, told.values()))


async def _late(session: AsyncSession, now: datetime) -> list[UUID]:
    """What has waited too long, by the hours of its team. Nothing is locked: there may be thousands."""
    since = last_turn()
    rows = _untaken(select(Escalation, since.c.created_at, Organisation.hours, Authority.hours), since, now)
    return [
        row.id
        for row, began, hours, of_authority in await session.execute(rows)
        if alert_at(hours or of_authority, began, row.due_at, row.priority) <= now
    ]


async def _held(session: AsyncSession, ids: list[UUID], now: datetime) -> list[tuple[Escalation, Organisation]]:
    """Those that still wait, locked; what another worker or a desk holds at this moment is looked at in a minute."""
    if not ids:
        return []
    rows = _untaken(select(Escalation, Organisation), last_turn(), now).where(Escalation.id.in_(ids))
    held = rows.order_by(Escalation.created_at).with_for_update(of=Escalation, skip_locked=True, key_share=True)
    found = await session.execute(held.execution_options(populate_existing=True))
    return [(row, team) for row, team in found]


def _untaken[*Found](chosen: Select[*Found], last: FromClause, now: datetime) -> Select[*Found]:
    """What waits for somebody, and was not told of since it began to."""
    return (
        chosen.select_from(Escalation)
        .join(last, true())
        .join(Organisation, Organisation.id == Escalation.organisation_id)
        .join(Authority, Authority.code == Organisation.authority_code)
        .where(*to_answer(now), Escalation.owner_id.is_(None), last.c.event.in_(WAITING_AGAIN))
        .where(or_(Escalation.alerted_at.is_(None), Escalation.alerted_at < last.c.created_at))
    )
