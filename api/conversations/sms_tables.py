"""SMS on their way out."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from api.core.columns import Base, Privacy, Retention, choice_of, column, instant, key, rules


class SmsKind(StrEnum):
    """Why an SMS goes out."""

    reply = "reply"
    code = "code"
    nudge = "nudge"
    """An answer waits on the web: the number and a link, no content."""


class SmsStatus(StrEnum):
    """Only forward: a finished status is never overwritten."""

    queued = "queued"
    sending = "sending"
    sent = "sent"
    unknown = "unknown"
    """The provider did not answer: it may have gone, so it is not sent again by itself."""
    dead = "dead"


class Silence(StrEnum):
    """Why nothing that we start goes to a number any more."""

    stop = "stop"
    wrong_number = "wrong_number"
    dead = "dead"
    """The operator says that it does not exist, or nothing has arrived there."""


class SilentNumber(Base):
    """A number that is not written to, unless it writes first."""

    __tablename__ = "silent_numbers"
    __table_args__ = rules(
        UniqueConstraint("phone"),
        kept=Retention(why="longer than a file: a STOP outlives it", days=1825, after="since"),
    )

    id: Mapped[UUID] = key()
    phone: Mapped[str] = column(Privacy.personal)
    why: Mapped[Silence] = choice_of(Silence, Privacy.personal)
    since: Mapped[datetime] = instant()


class OutgoingSms(Base):
    """The outbox: written with what caused it, sent afterwards."""

    __tablename__ = "outgoing_sms"
    __table_args__ = rules(
        CheckConstraint("(text IS NULL) <> (sealed IS NULL)", name="text_or_sealed"),
        Index("ix_outgoing_sms_due", "next_attempt_at", postgresql_where="status IN ('queued', 'sending')"),
        Index("ix_outgoing_sms_phone", "phone", "created_at"),
        kept=Retention(why="as long as an unidentified conversation", days=30, after="created_at"),
    )

    id: Mapped[UUID] = key()
    phone: Mapped[str] = column(Privacy.personal)
    sender: Mapped[str] = column(Privacy.technical)
    kind: Mapped[SmsKind] = choice_of(SmsKind, Privacy.technical)
    text: Mapped[str | None] = column(Privacy.intimate)
    sealed: Mapped[bytes | None] = column(Privacy.secret)
    """A text that holds a code: opened only to be sent."""
    message_id: Mapped[UUID | None] = column(
        Privacy.technical, ForeignKey("messages.id", ondelete="CASCADE"), unique=True
    )
    turn_id: Mapped[UUID | None] = column(Privacy.technical)
    status: Mapped[SmsStatus] = choice_of(SmsStatus, Privacy.technical, default=SmsStatus.queued)
    attempts: Mapped[int] = column(Privacy.technical, default=0)
    next_attempt_at: Mapped[datetime] = instant()
    created_at: Mapped[datetime] = instant()
    sent_at: Mapped[datetime | None] = column(Privacy.technical)
