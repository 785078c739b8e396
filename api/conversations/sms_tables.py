"""SMS on their way out."""

from datetime import date, datetime
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
    reminder = "reminder"
    """Of an appointment, of a contract's end, of a step: what we start."""
    notice = "notice"
    """What is said once whatever else is silent: that a STOP was obeyed."""


class SmsStatus(StrEnum):
    """Only forward: a finished status is never overwritten."""

    queued = "queued"
    sending = "sending"
    sent = "sent"
    """The provider took it."""
    accepted = "accepted"
    """The operator took it."""
    delivered = "delivered"
    failed = "failed"
    """The operator says that it did not arrive."""
    unknown = "unknown"
    """The provider did not answer, or its operator never said what became of it: not sent again by itself."""
    dead = "dead"
    """It surely did not leave, however often it was tried: the desk shows it."""


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
        kept=Retention(why="a STOP holds for years, or until its owner is erased", days=1825, after="since"),
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
    authority_code: Mapped[str | None] = column(Privacy.technical, ForeignKey("authorities.code"))
    """Who pays for it."""
    provider: Mapped[str | None] = column(Privacy.technical)
    """Who took it, or was asked last: the name of a file in channels/sms/."""
    provider_reference: Mapped[str | None] = column(Privacy.technical)
    """The provider's own id, where it gives one: receipts name it."""
    segments: Mapped[int | None] = column(Privacy.technical)
    """As the operator bills them."""
    price: Mapped[int | None] = column(Privacy.technical)
    """Of all segments, in thousandths of a euro; None: not known."""
    why: Mapped[str | None] = column(Privacy.technical)
    """Why it failed or is dead: a word of ours."""
    accepted_at: Mapped[datetime | None] = column(Privacy.technical)
    ended_at: Mapped[datetime | None] = column(Privacy.technical)
    """When it was delivered, or known not to be."""
    counted_in: Mapped[date | None] = column(Privacy.technical)
    """The month of `sms_months` that it is counted in, by its first day: once each time that it leaves."""


class SmsMonth(Base):
    """What left in one month for one authority: what it is billed, and nothing of anybody."""

    __tablename__ = "sms_months"
    __table_args__ = rules(
        UniqueConstraint("month", "authority_code", "provider", "kind"),
        kept=Retention(why="what was paid, and nothing of anybody: a few dozen rows a month"),
    )

    id: Mapped[UUID] = key()
    month: Mapped[date] = column(Privacy.technical)
    """Its first day, in Paris."""
    authority_code: Mapped[str] = column(Privacy.technical)
    """Who pays; empty: nobody. No foreign key: what was paid stays when an authority is gone."""
    provider: Mapped[str] = column(Privacy.technical)
    kind: Mapped[SmsKind] = choice_of(SmsKind, Privacy.technical)
    messages: Mapped[int] = column(Privacy.technical)
    segments: Mapped[int] = column(Privacy.technical)
    unpriced: Mapped[int] = column(Privacy.technical)
    """Segments whose price is not known."""
    price: Mapped[int] = column(Privacy.technical)
    """Of the others, in thousandths of a euro."""


class IncomingSms(Base):
    """What a provider handed us, stored before anything else is done: the same reference twice is one row."""

    __tablename__ = "incoming_sms"
    __table_args__ = rules(
        UniqueConstraint("provider", "reference"),
        Index("ix_incoming_sms_same", "phone", "text_digest", "received_at"),
        Index("ix_incoming_sms_due", "received_at", postgresql_where="handled_at IS NULL"),
        kept=Retention(why="as long as an unidentified conversation", days=30, after="received_at"),
    )

    id: Mapped[UUID] = key()
    provider: Mapped[str] = column(Privacy.technical)
    reference: Mapped[str] = column(Privacy.technical)
    phone: Mapped[str] = column(Privacy.personal)
    sender: Mapped[str] = column(Privacy.technical)
    """Our number that was written to."""
    sealed: Mapped[bytes | None] = column(Privacy.secret)
    """The text, until it is a message."""
    text_digest: Mapped[bytes] = column(Privacy.secret)
    """A gateway that hands the same over again under another id is known by it."""
    received_at: Mapped[datetime] = instant()
    written_at: Mapped[datetime | None] = column(Privacy.technical)
    """When the operator says that it was sent: messages of one instant are put in this order."""
    handled_at: Mapped[datetime | None] = column(Privacy.technical)
    message_id: Mapped[UUID | None] = column(
        Privacy.technical, ForeignKey("messages.id", ondelete="CASCADE"), index=True
    )


class SmsReceipt(Base):
    """What a provider said of a message: each once, in whatever order they come."""

    __tablename__ = "sms_receipts"
    __table_args__ = rules(
        UniqueConstraint("provider", "reference", "status", "code"),
        Index("ix_sms_receipts_due", "received_at", postgresql_where="applied_at IS NULL"),
        kept=Retention(why="as long as the messages", days=30, after="received_at"),
    )

    id: Mapped[UUID] = key()
    provider: Mapped[str] = column(Privacy.technical)
    reference: Mapped[str] = column(Privacy.technical)
    """Our own id where the provider gives it back, or else its own."""
    status: Mapped[SmsStatus] = choice_of(SmsStatus, Privacy.technical)
    code: Mapped[str] = column(Privacy.technical)
    """In the provider's words."""
    received_at: Mapped[datetime] = instant()
    applied_at: Mapped[datetime | None] = column(Privacy.technical)
    """None: the message that it is about is not known yet."""
