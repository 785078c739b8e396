"""One request as a desk shows it: its row, whom it is about, who has it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Row, Select, func, select, true
from sqlalchemy.orm import aliased

from api.beneficiaries.tables import Beneficiary
from api.caseworkers.accounts import Account
from api.caseworkers.tables import Caseworker
from api.core.clock import now
from api.desk.labels import KINDS, REASONS
from api.escalations.events import TURNING
from api.escalations.tables import Escalation, EscalationEvent, Event, Kind, Reason
from api.privacy.audience import Channel

Owner = aliased(Caseworker)
Found = tuple[Escalation, str | None, str | None, Caseworker | None, Event, bool]
"""A request, whom it is about (first and last name), who has it, its last turn, and whether `who` answered."""


@dataclass(frozen=True)
class Named:
    """A colleague."""

    id: UUID
    name: str


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line of a queue."""

    id: UUID
    reason: Reason
    reason_label: str
    kind: Kind
    kind_label: str
    line: str
    since: datetime
    due_at: datetime
    late: bool
    """Open, to be answered, and past the day that the person was told."""
    channel: Channel
    person: str | None
    """None: nobody knows who asked."""
    owner: Named | None
    version: int
    answered_by_me: bool


def turned() -> FromClause:
    """The last event of a request that opened or closed it, and when: one look at an index each."""
    last = (
        select(EscalationEvent.event, EscalationEvent.created_at)
        .where(EscalationEvent.escalation_id == Escalation.id, EscalationEvent.event.in_(TURNING))
        .order_by(EscalationEvent.seq.desc())
        .limit(1)
    )
    return last.correlate(Escalation).lateral("turned")


def rows(who: Account, last: FromClause, *which: ColumnElement[bool]) -> Select[*Found]:
    """Requests of this account's organisation; of no other, whatever is asked."""
    # Counted rather than asked whether it exists: PostgreSQL would look through all replies of everybody for that.
    replies = select(func.count()).where(
        EscalationEvent.escalation_id == Escalation.id,
        EscalationEvent.event == Event.replied,
        EscalationEvent.author_id == who.id,
    )
    answered = replies.correlate(Escalation).scalar_subquery() > 0
    return (
        select(Escalation, Beneficiary.first_name, Beneficiary.last_name, Owner, last.c.event, answered)
        .select_from(Escalation)
        .join(last, true())
        .outerjoin(Beneficiary, Beneficiary.id == Escalation.beneficiary_id)
        .outerjoin(Owner, Owner.id == Escalation.owner_id)
        .where(Escalation.organisation_id == who.organisation_id, *which)
    )


def shown(found: Row[*Found]) -> dict[str, Any]:
    """The fields of an Item, of one of these rows."""
    row, first, last, owner, event, answered = found
    late = row.due_at < now() and row.kind is Kind.to_answer and event != Event.closed
    return {
        "id": row.id,
        "reason": row.reason,
        "reason_label": REASONS[row.reason].capitalize(),
        "kind": row.kind,
        "kind_label": KINDS[row.kind],
        "line": row.line,
        "since": row.created_at,
        "due_at": row.due_at,
        "late": late,
        "channel": row.channel,
        "person": f"{first} {last}" if first else None,
        "owner": Named(owner.id, f"{owner.first_name} {owner.last_name}") if owner else None,
        "version": row.version,
        "answered_by_me": answered,
    }
