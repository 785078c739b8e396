"""Identification in progress, codes asked for, personal links."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped

from api.core.columns import Base, Privacy, Retention, choice_of, column, instant, key, rules


class Step(StrEnum):
    """What the person is asked for next."""

    number = "number"
    birth_date = "birth_date"
    code = "code"
    word = "word"


class IdentityCheck(Base):
    """One attempt of one conversation to earn the level `code`. Unseen by Rasa from end to end."""

    __tablename__ = "identity_checks"
    __table_args__ = rules(
        Index("ix_identity_checks_open", "conversation_id", unique=True, postgresql_where="closed_at IS NULL"),
        CheckConstraint("tries >= 0 AND tries <= 5", name="tries_are_counted"),
        kept=Retention(why="an attempt is of no use the next day", days=1, after="created_at"),
    )

    id: Mapped[UUID] = key()
    conversation_id: Mapped[UUID] = column(Privacy.technical, ForeignKey("conversations.id", ondelete="CASCADE"))
    question_id: Mapped[UUID | None] = column(Privacy.technical, ForeignKey("messages.id", ondelete="SET NULL"))
    """The message that needs an identity: answered as soon as it is proved."""
    step: Mapped[Step] = choice_of(Step, Privacy.technical)
    phone: Mapped[str | None] = column(Privacy.personal)
    birth_date: Mapped[date | None] = column(Privacy.personal)
    beneficiary_id: Mapped[UUID | None] = column(Privacy.personal, ForeignKey("beneficiaries.id", ondelete="CASCADE"))
    """Who it would be; None as well when nobody has this number and date, and the words are the same."""
    code_digest: Mapped[bytes | None] = column(Privacy.secret)
    code_expires_at: Mapped[datetime | None] = column(Privacy.technical)
    letter_digest: Mapped[bytes | None] = column(Privacy.secret)
    """Of the code of a letter, when one was typed in the place of a number; whether anybody has it is not said."""
    tries: Mapped[int] = column(Privacy.technical, default=0)
    created_at: Mapped[datetime] = instant()
    closed_at: Mapped[datetime | None] = column(Privacy.technical)


class CodeRequest(Base):
    """A code was asked for, whether or not one was sent: what the hourly limits count."""

    __tablename__ = "code_requests"
    __table_args__ = rules(
        Index("ix_code_requests_number", "phone_digest", "created_at"),
        Index("ix_code_requests_address", "address_digest", "created_at"),
        kept=Retention(why="limits look back one hour", days=1, after="created_at"),
    )

    id: Mapped[UUID] = key()
    phone_digest: Mapped[bytes] = column(Privacy.secret)
    address_digest: Mapped[bytes | None] = column(Privacy.secret)
    created_at: Mapped[datetime] = instant()


class PersonalLink(Base):
    """A link that a caseworker gives in person: the only way in for a confidential file."""

    __tablename__ = "personal_links"
    __table_args__ = rules(kept=Retention(why="as long as the link may be used", days=30, after="expires_at"))

    id: Mapped[UUID] = key()
    token_digest: Mapped[bytes] = column(Privacy.secret, unique=True)
    beneficiary_id: Mapped[UUID] = column(Privacy.personal, ForeignKey("beneficiaries.id", ondelete="CASCADE"))
    expires_at: Mapped[datetime] = column(Privacy.technical)
    created_at: Mapped[datetime] = instant()


class LetterCode(Base):
    """A code that was printed in a letter to somebody whom no SMS reaches."""

    __tablename__ = "letter_codes"
    __table_args__ = rules(kept=Retention(why="of no use once it has expired", days=1, after="expires_at"))

    id: Mapped[UUID] = key()
    code_digest: Mapped[bytes] = column(Privacy.secret, unique=True)
    beneficiary_id: Mapped[UUID] = column(
        Privacy.personal, ForeignKey("beneficiaries.id", ondelete="CASCADE"), index=True
    )
    expires_at: Mapped[datetime] = column(Privacy.technical)
    created_at: Mapped[datetime] = instant()
