"""What a person at a desk is asked to do or to know: append-only threads of typed events."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from api.core.columns import Base, Privacy, Retention, choice_of, column, french, instant, key, rules
from api.privacy.audience import Channel


class Reason(StrEnum):
    """Why a human is asked for."""

    asked = "asked"
    callback = "callback"
    first_appointment = "first_appointment"
    """The authority's delay has run out, or nobody ever wrote."""
    no_slot = "no_slot"
    appointment_change = "appointment_change"
    """A change that we may not make ourselves."""
    appointment_declined = "appointment_declined"
    hindrance = "hindrance"
    training_application = "training_application"
    support = "support"
    erasure = "erasure"
    not_understood = "not_understood"
    """Twice in a row, and the person wanted somebody then."""
    urgent = "urgent"
    complaint = "complaint"
    letter = "letter"
    """A letter with a deadline."""
    by_caseworker = "by_caseworker"
    """A caseworker wrote first."""
    number = "number"
    """A telephone that is to be checked, or that wants no SMS."""
    noticed = "noticed"
    """What has waited longer than it should, without anybody asking: a step without news, a contract that ends."""


class Priority(StrEnum):
    """How soon somebody must look, in order."""

    urgent = "urgent"
    """Danger to life, violence, no roof, nothing to eat: it rings until somebody takes it."""
    high = "high"
    normal = "normal"


class Kind(StrEnum):
    """What is expected of whoever reads it."""

    to_answer = "to_answer"
    to_know = "to_know"


class Escalation(Base):
    """One request, with what a caseworker needs to take it up. Open or closed is derived from its events."""

    __tablename__ = "escalations"
    __table_args__ = rules(
        Index("ix_escalations_subject", "beneficiary_id", "reason"),
        Index("ix_escalations_authority", "authority_code", "created_at"),
        Index("ix_escalations_search", french("line"), postgresql_using="gin"),
        kept=Retention(
            why="a year after it was asked; a service answers for its delays by the year", days=365, after="created_at"
        ),
    )

    id: Mapped[UUID] = key()
    authority_code: Mapped[str] = column(Privacy.technical, ForeignKey("authorities.code"))
    organisation_id: Mapped[UUID | None] = column(
        Privacy.personal, ForeignKey("organisations.id", ondelete="SET NULL"), index=True
    )
    caseworker_id: Mapped[UUID | None] = column(
        Privacy.personal, ForeignKey("caseworkers.id", ondelete="SET NULL"), index=True
    )
    beneficiary_id: Mapped[UUID | None] = column(Privacy.personal, ForeignKey("beneficiaries.id", ondelete="CASCADE"))
    conversation_id: Mapped[UUID | None] = column(
        Privacy.technical, ForeignKey("conversations.id", ondelete="SET NULL"), index=True
    )
    channel: Mapped[Channel] = choice_of(Channel, Privacy.technical)
    reason: Mapped[Reason] = choice_of(Reason, Privacy.intimate)
    kind: Mapped[Kind] = choice_of(Kind, Privacy.technical)
    priority: Mapped[Priority] = choice_of(
        Priority, Privacy.intimate, default=Priority.normal, server_default=Priority.normal
    )
    line: Mapped[str] = column(Privacy.intimate)
    """What the person wants, in one line of their own words, secrets masked."""
    phone: Mapped[str | None] = column(Privacy.personal)
    """Where to call back, when they said so; E.164."""
    call_from: Mapped[datetime | None] = column(Privacy.personal)
    call_until: Mapped[datetime | None] = column(Privacy.personal)
    due_at: Mapped[datetime] = column(Privacy.technical)
    """By when somebody answers: what the person was told."""
    assigned_id: Mapped[UUID | None] = column(
        Privacy.professional, ForeignKey("caseworkers.id", ondelete="SET NULL"), index=True
    )
    """Whom it is meant for: the person's own caseworker on duty, their stand-in, or whom a colleague chose."""
    snoozed_until: Mapped[datetime | None] = column(Privacy.technical)
    """Out of the list until then, or until the person writes."""
    answered_at: Mapped[datetime | None] = column(Privacy.technical)
    """When a caseworker last answered, as long as it is the person's turn; None: it is ours."""
    alerted_at: Mapped[datetime | None] = column(Privacy.technical)
    """When the team was told by e-mail that nobody had taken it."""
    owner_id: Mapped[UUID | None] = column(
        Privacy.professional, ForeignKey("caseworkers.id", ondelete="SET NULL"), index=True
    )
    """Who took it; with `version`, written together with the event that says so."""
    version: Mapped[int] = column(Privacy.technical, default=0, server_default="0")
    """Counts transitions: two who act on what they saw meet here, and one is told who came first."""
    created_at: Mapped[datetime] = instant()


class Event(StrEnum):
    """What happened to an escalation."""

    opened = "opened"
    repeated = "repeated"
    """The person asked for the same again: the first request stands, and its age counts."""
    note = "note"
    closed = "closed"
    reopened = "reopened"
    taken = "taken"
    given_back = "given_back"
    """To the queue."""
    handed_back = "handed_back"
    """To the assistant: the end of the human part."""
    replied = "replied"
    assigned = "assigned"
    """To a colleague: `target_id`."""
    passed_on = "passed_on"
    """To another organisation, `target_id`, with a comment."""
    snoozed = "snoozed"
    returned = "returned"
    """To the list by itself: the answer was not read, the SMS did not arrive, or its owner did not answer."""
    raised = "raised"
    """Something urgent was written meanwhile."""
    withdrawn = "withdrawn"
    """The person went back to the assistant."""
    appointment = "appointment"
    """Booked, moved or cancelled from the desk."""


class EscalationEvent(Base):
    """One event of a thread; never changed."""

    __tablename__ = "escalation_events"
    __table_args__ = rules(
        UniqueConstraint("escalation_id", "seq"),
        UniqueConstraint("escalation_id", "reference"),
        kept=Retention(why="lives with its escalation", parent="escalations"),
    )

    id: Mapped[UUID] = key()
    escalation_id: Mapped[UUID] = column(Privacy.technical, ForeignKey("escalations.id", ondelete="CASCADE"))
    seq: Mapped[int] = column(Privacy.technical)
    event: Mapped[Event] = choice_of(Event, Privacy.technical)
    text: Mapped[str | None] = column(Privacy.intimate)
    # No foreign key: an account that goes would have to change a row that nothing may change.
    author_id: Mapped[UUID | None] = column(Privacy.professional)
    """The caseworker who did it; None: the person, or Hent."""
    target_id: Mapped[UUID | None] = column(Privacy.professional)
    """To whom it went: a caseworker or an organisation, as the event says; no foreign key, for the same reason."""
    reference: Mapped[str | None] = column(Privacy.technical)
    """The desk's own id of what it sent: the same twice is one event."""
    created_at: Mapped[datetime] = instant()
