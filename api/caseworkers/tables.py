"""The professionals who follow people."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped

from api.core.columns import Base, Privacy, Retention, choice_of, column, instant, key, rules


class Role(StrEnum):
    """What an account may do. No role searches or exports for control or sanction."""

    caseworker = "caseworker"
    supervisor = "supervisor"
    """Sees the load of the team, and hands conversations over for somebody who is away."""
    administrator = "administrator"
    """Accounts and sessions; reads no message."""
    auditor = "auditor"
    """The journal of who looked at whose file, and nothing else."""


class Caseworker(Base):
    """A référent or another professional of a team, with a working telephone number and perhaps an account."""

    __tablename__ = "caseworkers"
    __table_args__ = rules(
        CheckConstraint("absent_until IS NULL OR absent_from <= absent_until", name="absence_ends_after_it_begins"),
        kept=Retention(why="the account's life; erased by its authority when the person leaves"),
    )

    id: Mapped[UUID] = key()
    organisation_id: Mapped[UUID] = column(Privacy.professional, ForeignKey("organisations.id"), index=True)
    first_name: Mapped[str] = column(Privacy.professional)
    last_name: Mapped[str] = column(Privacy.professional)
    email: Mapped[str] = column(Privacy.professional, unique=True)
    phone: Mapped[str] = column(Privacy.professional)
    role: Mapped[Role] = choice_of(Role, Privacy.professional, default=Role.caseworker)
    active: Mapped[bool] = column(Privacy.professional, default=True)
    hours: Mapped[dict[str, Any] | None] = column(Privacy.professional, JSONB)
    """When they can be reached, as an authority's hours; None: when their team is open."""
    absent_from: Mapped[date | None] = column(Privacy.professional)
    absent_until: Mapped[date | None] = column(Privacy.professional)
    """Last day of the absence; None with `absent_from` set: not known yet."""
    stand_in_id: Mapped[UUID | None] = column(Privacy.professional, ForeignKey("caseworkers.id", ondelete="SET NULL"))


class CaseworkerAccount(Base):
    """What somebody signs in with at a desk, apart from who they are."""

    __tablename__ = "caseworker_accounts"
    __table_args__ = rules(kept=Retention(why="as long as the caseworker", parent="caseworkers"))

    caseworker_id: Mapped[UUID] = column(
        Privacy.professional, ForeignKey("caseworkers.id", ondelete="CASCADE"), primary_key=True
    )
    password_digest: Mapped[str | None] = column(Privacy.secret)
    """Argon2id; None: the invitation has not been taken up yet."""
    totp_sealed: Mapped[bytes | None] = column(Privacy.secret)
    """The secret of the second factor (RFC 6238); None: not enrolled."""
    totp_step: Mapped[int | None] = column(Privacy.technical, BigInteger)
    """The step of the last code that was taken: a code is good once. None: the enrolment was not confirmed."""
    failures: Mapped[int] = column(Privacy.technical, default=0, server_default="0")
    """Wrong passwords or codes since the last right one."""
    locked_until: Mapped[datetime | None] = column(Privacy.technical)


class CaseworkerSession(Base):
    """Somebody is signed in at a desk. Its token is a cookie, kept here as a digest."""

    __tablename__ = "caseworker_sessions"
    __table_args__ = rules(
        Index("ix_caseworker_sessions_caseworker", "caseworker_id", "ended_at"),
        kept=Retention(why="as long as security logs", days=180, after="created_at"),
    )

    id: Mapped[UUID] = key()
    token_digest: Mapped[bytes] = column(Privacy.secret, unique=True)
    caseworker_id: Mapped[UUID] = column(Privacy.professional, ForeignKey("caseworkers.id", ondelete="CASCADE"))
    proved: Mapped[bool] = column(Privacy.technical, default=False)
    """Whether the second factor was given, where there is one; before, the session opens nothing."""
    created_at: Mapped[datetime] = instant()
    seen_at: Mapped[datetime] = instant()
    ended_at: Mapped[datetime | None] = column(Privacy.technical)


class SignInTry(Base):
    """Somebody tries to sign in: counted for their address, for every desk of the installation."""

    __tablename__ = "sign_in_tries"
    __table_args__ = rules(
        Index("ix_sign_in_tries_address", "address_digest", "created_at"),
        kept=Retention(why="the limit looks back ten minutes", days=1, after="created_at"),
    )

    id: Mapped[UUID] = key()
    address_digest: Mapped[bytes] = column(Privacy.secret)
    created_at: Mapped[datetime] = instant()


class AccountInvitation(Base):
    """A link by which somebody sets their password: good once."""

    __tablename__ = "account_invitations"
    __table_args__ = rules(kept=Retention(why="as long as the link may be used", days=30, after="expires_at"))

    id: Mapped[UUID] = key()
    token_digest: Mapped[bytes] = column(Privacy.secret, unique=True)
    caseworker_id: Mapped[UUID] = column(
        Privacy.professional, ForeignKey("caseworkers.id", ondelete="CASCADE"), index=True
    )
    expires_at: Mapped[datetime] = column(Privacy.technical)
    used_at: Mapped[datetime | None] = column(Privacy.technical)
