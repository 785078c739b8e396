"""Since when requests wait for somebody: what alerts and digests count."""

from datetime import datetime

from sqlalchemy import ColumnElement, FromClause, or_, select

from api.escalations.tables import Escalation, EscalationEvent, Event, Kind

WAITING_AGAIN = (
    *(Event.opened, Event.reopened, Event.given_back, Event.passed_on),
    *(Event.assigned, Event.returned, Event.raised),
)
"""After one of them somebody has to take it, if nobody has."""
SETTLED = (Event.taken, Event.closed, Event.handed_back, Event.withdrawn)
"""After one of them somebody has it, or nobody is waited for."""


def last_turn() -> FromClause:
    """The last event of a request that says whether somebody is waited for, and when it was: one look at an index."""
    last = (
        select(EscalationEvent.event, EscalationEvent.created_at)
        .where(EscalationEvent.escalation_id == Escalation.id)
        .where(EscalationEvent.event.in_([*WAITING_AGAIN, *SETTLED]))
        .order_by(EscalationEvent.seq.desc())
        .limit(1)
    )
    return last.correlate(Escalation).lateral("turn")


def to_answer(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """It is for a team to answer, and in its list at this moment."""
    return (
        Escalation.kind == Kind.to_answer,
        Escalation.organisation_id.is_not(None),
        or_(Escalation.snoozed_until.is_(None), Escalation.snoozed_until <= now),
    )
