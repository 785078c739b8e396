"""Requests that wait for a team of the demonstration, as rows: asking for so many would take longer than measuring."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.tables import Organisation
from api.caseworkers.tables import Caseworker
from api.core.clock import now
from api.core.database import Database
from api.escalations.tables import Escalation, EscalationEvent, Event, Kind, Reason
from api.privacy.audience import Channel

LINE = "Je voudrais parler à quelqu'un."


async def crowd(database_url: str, email: str, conversations: Sequence[UUID], many: int) -> list[UUID]:
    """So many open requests of the team of this address; returns those of the conversations, in their order.

    Raises NoResultFound when nobody has this address.
    """
    database = Database(database_url)
    try:
        async with database.transaction() as session:
            team = await _team(session, email)
            rows = [_row(team, nth, conversations) for nth in range(many)]
            await session.execute(insert(Escalation), rows)
            opened = [{"escalation_id": row["id"], "seq": 1, "event": Event.opened} for row in rows]
            await session.execute(insert(EscalationEvent), opened)
    finally:
        await database.close()
    return [row["id"] for row in rows[: len(conversations)]]


async def _team(session: AsyncSession, email: str) -> Organisation:
    its = select(Organisation).join(Caseworker, Caseworker.organisation_id == Organisation.id)
    return (await session.scalars(its.where(Caseworker.email == email))).one()


def _row(team: Organisation, nth: int, conversations: Sequence[UUID]) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "authority_code": team.authority_code,
        "organisation_id": team.id,
        "conversation_id": conversations[nth] if nth < len(conversations) else None,
        "channel": Channel.web,
        "reason": Reason.asked,
        "kind": Kind.to_answer,
        "line": LINE,
        "due_at": now() + timedelta(minutes=nth),
    }
