"""E-mails to professionals on their way out: never a word of what anybody wrote."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped

from api.core.columns import Base, Privacy, Retention, choice_of, column, instant, key, rules


class MailKind(StrEnum):
    """Why an e-mail goes out."""

    invitation = "invitation"
    late = "late"
    """Nobody has taken a request in time."""
    digest = "digest"
    """What waits, once a day at eight."""
    unreached = "unreached"
    """How many people no SMS reaches, once a week."""


class MailStatus(StrEnum):
    """Only forward."""

    queued = "queued"
    sending = "sending"
    sent = "sent"
    dead = "dead"


class OutgoingMail(Base):
    """The outbox of e-mails: written with what caused them, sent afterwards."""

    __tablename__ = "outgoing_mails"
    __table_args__ = rules(
        CheckConstraint("(text IS NULL) <> (sealed IS NULL)", name="text_or_sealed"),
        Index("ix_outgoing_mails_due", "next_attempt_at", postgresql_where="status IN ('queued', 'sending')"),
        kept=Retention(why="as long as an invitation may be used", days=30, after="created_at"),
    )

    id: Mapped[UUID] = key()
    kind: Mapped[MailKind] = choice_of(MailKind, Privacy.technical)
    reference: Mapped[str | None] = column(Privacy.technical, unique=True)
    """What must be told once: the same reference again is no second e-mail."""
    recipient: Mapped[str] = column(Privacy.professional)
    subject: Mapped[str] = column(Privacy.professional)
    text: Mapped[str | None] = column(Privacy.professional)
    sealed: Mapped[bytes | None] = column(Privacy.secret)
    """A text that holds an invitation's link: opened only to be sent."""
    status: Mapped[MailStatus] = choice_of(MailStatus, Privacy.technical, default=MailStatus.queued)
    attempts: Mapped[int] = column(Privacy.technical, default=0)
    next_attempt_at: Mapped[datetime] = instant()
    created_at: Mapped[datetime] = instant()
    sent_at: Mapped[datetime | None] = column(Privacy.technical)
