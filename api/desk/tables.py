"""What desks are told, in order, and who looked at whose file."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from api.core.columns import REFERENCE, Base, Privacy, Retention, choice_of, column, instant, key, rules


class Feed(Base):
    """One organisation's feed: its last number, allotted under this row's lock so that numbers come in commit order."""

    __tablename__ = "desk_feeds"
    __table_args__ = rules(kept=Retention(why="a counter, as long as the organisation"))

    organisation_id: Mapped[UUID] = column(
        Privacy.technical, ForeignKey("organisations.id", ondelete="CASCADE"), primary_key=True
    )
    last: Mapped[int] = column(Privacy.technical, BigInteger, default=0)


class FeedKind(StrEnum):
    """What a desk looks at again."""

    escalation = "escalation"
    """It was opened, or changed."""
    message = "message"
    """Something was said in its conversation."""


class FeedEvent(Base):
    """Something changed in an organisation's queue: told by its number, never by its time."""

    __tablename__ = "desk_events"
    __table_args__ = rules(
        UniqueConstraint("organisation_id", "number"),
        Index("ix_desk_events_escalation", "escalation_id"),
        kept=Retention(why="a desk that comes back after a month reads its queue anew", days=30, after="created_at"),
    )

    id: Mapped[UUID] = key()
    organisation_id: Mapped[UUID] = column(
        Privacy.technical, ForeignKey("desk_feeds.organisation_id", ondelete="CASCADE")
    )
    number: Mapped[int] = column(Privacy.technical, BigInteger)
    kind: Mapped[FeedKind] = choice_of(FeedKind, Privacy.technical)
    escalation_id: Mapped[UUID] = column(Privacy.technical, ForeignKey("escalations.id", ondelete="CASCADE"))
    # No foreign key, as in the thread itself.
    actor_id: Mapped[UUID | None] = column(Privacy.professional)
    """The caseworker who did it: nobody is told of what they do themselves. None: the person, or Hent."""
    rings: Mapped[bool] = column(Privacy.technical, default=False, server_default="false")
    """Whether somebody waits for an answer because of it; what is only to be known never rings."""
    urgent: Mapped[bool] = column(Privacy.technical, default=False, server_default="false")
    created_at: Mapped[datetime] = instant()


class LastRead(Base):
    """How far a caseworker has read a request's conversation."""

    __tablename__ = "desk_last_read"
    __table_args__ = rules(
        UniqueConstraint("caseworker_id", "escalation_id"),
        kept=Retention(why="lives with its escalation", parent="escalations"),
    )

    id: Mapped[UUID] = key()
    caseworker_id: Mapped[UUID] = column(Privacy.professional, ForeignKey("caseworkers.id", ondelete="CASCADE"))
    escalation_id: Mapped[UUID] = column(
        Privacy.technical, ForeignKey("escalations.id", ondelete="CASCADE"), index=True
    )
    seq: Mapped[int] = column(Privacy.technical, default=0)


class ReadyText(Base):
    """A text to begin an answer with: one's own, a team's, or an authority's."""

    __tablename__ = "ready_texts"
    __table_args__ = rules(
        CheckConstraint("organisation_id IS NULL OR caseworker_id IS NULL", name="one_scope"),
        kept=REFERENCE,
    )

    id: Mapped[UUID] = key()
    authority_code: Mapped[str] = column(Privacy.public, ForeignKey("authorities.code"), index=True)
    organisation_id: Mapped[UUID | None] = column(
        Privacy.public, ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    """Whose team's; None with `caseworker_id` None too: the whole authority's."""
    caseworker_id: Mapped[UUID | None] = column(
        Privacy.professional, ForeignKey("caseworkers.id", ondelete="CASCADE"), index=True
    )
    title: Mapped[str] = column(Privacy.professional)
    text: Mapped[str] = column(Privacy.professional)
    """With variables in braces: {prenom}, {rendez-vous}…"""


class TranscriptRequest(Base):
    """A conversation leaves the house only with two people's agreement: who asked, why, who agreed, when it left."""

    __tablename__ = "transcript_requests"
    __table_args__ = rules(
        CheckConstraint("approved_by IS NULL OR approved_by <> asked_by", name="two_people"),
        kept=Retention(why="as long as security logs", days=365, after="asked_at"),
    )

    id: Mapped[UUID] = key()
    escalation_id: Mapped[UUID] = column(
        Privacy.technical, ForeignKey("escalations.id", ondelete="CASCADE"), index=True
    )
    # No foreign key: who agreed must stay known when they have left.
    asked_by: Mapped[UUID] = column(Privacy.professional)
    why: Mapped[str] = column(Privacy.intimate)
    asked_at: Mapped[datetime] = instant()
    approved_by: Mapped[UUID | None] = column(Privacy.professional)
    approved_at: Mapped[datetime | None] = column(Privacy.technical)
    taken_at: Mapped[datetime | None] = column(Privacy.technical)


class Access(Base):
    """Somebody looked at the file of a person whom they do not follow, or acted upon an account."""

    __tablename__ = "desk_accesses"
    __table_args__ = rules(
        Index("ix_desk_accesses_caseworker", "caseworker_id", "created_at"),
        kept=Retention(why="as long as security logs", days=365, after="created_at"),
    )

    id: Mapped[UUID] = key()
    caseworker_id: Mapped[UUID] = column(Privacy.professional, ForeignKey("caseworkers.id", ondelete="CASCADE"))
    beneficiary_id: Mapped[UUID | None] = column(
        Privacy.personal, ForeignKey("beneficiaries.id", ondelete="CASCADE"), index=True
    )
    escalation_id: Mapped[UUID | None] = column(
        Privacy.technical, ForeignKey("escalations.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[UUID | None] = column(
        Privacy.professional, ForeignKey("caseworkers.id", ondelete="SET NULL"), index=True
    )
    """Whose account was acted upon; what was done stays known when they are erased."""
    what: Mapped[str] = column(Privacy.technical)
    """The route, as its template: never what was read."""
    created_at: Mapped[datetime] = instant()
