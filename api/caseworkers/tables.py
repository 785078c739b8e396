"""The professionals who follow people."""

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped

from api.core.columns import Base, Privacy, Retention, choice_of, column, key, rules


class Role(StrEnum):
    """What an account may do. No role searches or exports for control or sanction."""

    caseworker = "caseworker"
    team_lead = "team_lead"


class Caseworker(Base):
    """A référent or a team lead, with a working telephone number."""

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
