"""The last day of a letter, kept only for whoever said that it is right and asked to be reminded of it."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped

from api.core.clock import PARIS, paris
from api.core.columns import Base, Privacy, Retention, choice_of, column, instant, key, rules


def end_of(day: date) -> datetime:
    """The midnight that ends a day, in Paris."""
    return datetime.combine(day + timedelta(days=1), time(0), PARIS)


def day_before(over_at: datetime) -> date:
    """The day that this midnight ends."""
    return paris(over_at).date() - timedelta(days=1)


class LetterDeadline(Base):
    """A day by which somebody must answer a letter. Who wrote it, and why, is not kept here."""

    __tablename__ = "letter_deadlines"
    __table_args__ = rules(
        UniqueConstraint("conversation_id", "over_at"),
        kept=Retention(why="once the day is over nothing is left to remind of", days=1, after="over_at"),
    )

    id: Mapped[UUID] = key()
    conversation_id: Mapped[UUID] = column(Privacy.technical, ForeignKey("conversations.id", ondelete="CASCADE"))
    """Where it was said; the reminders go there as well, unless `phone` says where."""
    beneficiary_id: Mapped[UUID | None] = column(
        Privacy.personal, ForeignKey("beneficiaries.id", ondelete="CASCADE"), index=True
    )
    """Who said it, if that was known."""
    phone: Mapped[str | None] = column(Privacy.personal, index=True)
    """Where the reminders go, E.164. None: on the page."""
    over_at: Mapped[datetime] = column(Privacy.intimate)
    """The midnight, in Paris, that ends the day."""
    agreed_at: Mapped[datetime] = instant()
    """When the reminders were asked for: one whose hour was over by then is not sent."""

    @property
    def day(self) -> date:
        """The last day, in Paris."""
        return day_before(self.over_at)


class LetterReminderKind(StrEnum):
    """How long before the day."""

    seven_days = "seven_days"
    two_days = "two_days"


class LetterReminder(Base):
    """One of the two messages, written with this row in one transaction: never twice."""

    __tablename__ = "letter_reminders"
    __table_args__ = rules(
        UniqueConstraint("deadline_id", "kind"),
        kept=Retention(why="lives with its deadline", parent="letter_deadlines"),
    )

    id: Mapped[UUID] = key()
    deadline_id: Mapped[UUID] = column(Privacy.technical, ForeignKey("letter_deadlines.id", ondelete="CASCADE"))
    kind: Mapped[LetterReminderKind] = choice_of(LetterReminderKind, Privacy.technical)
    message_id: Mapped[UUID | None] = column(
        Privacy.technical, ForeignKey("messages.id", ondelete="SET NULL"), index=True
    )
    sent_at: Mapped[datetime] = instant()
