"""One request as a desk shows it: its row, whom it is about, who has it, whom it is meant for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Row, Select, and_, func, select, true
from sqlalchemy.orm import aliased

from api.authorities.tables import Authority
from api.beneficiaries.tables import Beneficiary
from api.caseworkers.accounts import Account
from api.caseworkers.tables import Caseworker
from api.core.clock import now
from api.desk.labels import KINDS, PRIORITIES, REASONS
from api.desk.reading import unread
from api.escalations.events import TURNING
from api.escalations.tables import Escalation, EscalationEvent, Event, Kind, Priority, Reason
from api.privacy.audience import Channel

Turn = Literal["ours", "person"]

Owner, Meant = aliased(Caseworker), aliased(Caseworker)
Found = tuple[Escalation, str | None, str | None, Caseworker | None, Caseworker | None, str, Event, bool, int]
"""A request, whom it is about (first and last name), who has it, for whom it is meant, the authority's name, its last
turn, whether `who` answered, and how much of it `who` has not read."""


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
    priority: Priority
    priority_label: str
    authority: str
    line: str
    since: datetime
    due_at: datetime
    late: bool
    """Open, to be answered, not answered yet, and past the day that the person was told."""
    snoozed_until: datetime | None
    turn: Turn
    """Whose it is to write: the person's, once they were answered and until they write again."""
    unread: int
    """Messages of the person that `who` has not read."""
    channel: Channel
    person: str | None
    """None: nobody knows who asked."""
    person_id: UUID | None
    owner: Named | None
    assigned: Named | None
    """Whom it is meant for, whoever has it."""
    mine: bool
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
    shown_of = (Escalation, Beneficiary.first_name, Beneficiary.last_name, Owner, Meant, Authority.name)
    return (
        select(*shown_of, last.c.event, answered, unread(who.id))
        .select_from(Escalation)
        .join(last, true())
        .join(Authority, Authority.code == Escalation.authority_code)
        .outerjoin(Beneficiary, Beneficiary.id == Escalation.beneficiary_id)
        .outerjoin(Owner, Owner.id == Escalation.owner_id)
        .outerjoin(Meant, Meant.id == Escalation.assigned_id)
        .where(Escalation.organisation_id == who.organisation_id, *which)
    )


def late(moment: datetime) -> ColumnElement[bool]:
    """An answer was promised before, and none was given; of requests that are open."""
    return and_(Escalation.due_at < moment, Escalation.kind == Kind.to_answer, Escalation.answered_at.is_(None))


def snoozed(moment: datetime) -> ColumnElement[bool]:
    """Out of the list at this moment."""
    return func.coalesce(Escalation.snoozed_until > moment, False)


def shown(who: Account, found: Row[*Found]) -> dict[str, Any]:
    """The fields of an Item, of one of these rows."""
    row, first, last, owner, meant, authority, event, answered, unread_by_me = found
    waits = row.kind is Kind.to_answer and row.answered_at is None and event != Event.closed
    return {
        "id": row.id,
        "reason": row.reason,
        "reason_label": REASONS[row.reason].capitalize(),
        "kind": row.kind,
        "kind_label": KINDS[row.kind],
        "priority": row.priority,
        "priority_label": PRIORITIES[row.priority],
        "authority": authority,
        "line": row.line,
        "since": row.created_at,
        "due_at": row.due_at,
        "late": waits and row.due_at < now(),
        "snoozed_until": row.snoozed_until if row.snoozed_until and row.snoozed_until > now() else None,
        "turn": "person" if row.answered_at else "ours",
        "unread": unread_by_me,
        "channel": row.channel,
        "person": f"{first} {last}" if first else None,
        "person_id": row.beneficiary_id,
        "owner": _named(owner),
        "assigned": _named(meant),
        "mine": row.owner_id == who.id,
        "version": row.version,
        "answered_by_me": answered,
    }


def _named(worker: Caseworker | None) -> Named | None:
    return Named(worker.id, f"{worker.first_name} {worker.last_name}") if worker else None
