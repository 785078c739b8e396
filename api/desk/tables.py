"""What desks are told, in order, and who looked at whose file."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from api.core.columns import Base, Privacy, Retention, choice_of, column, instant, key, rules


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
    created_at: Mapped[datetime] = instant()


class Access(Base):
    """Somebody looked at the file of a person whom they do not follow."""

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
    what: Mapped[str] = column(Privacy.technical)
    """The route, as its template: never what was read."""
    created_at: Mapped[datetime] = instant()
