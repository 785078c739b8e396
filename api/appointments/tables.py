"""Appointments, as rdv-insertion and RDV-Solidarités describe them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from api.core.columns import Base, Privacy, Retention, choice_of, column, instant, key, rules


class Status(StrEnum):
    """rdv-insertion, app/models/concerns/rdv_participation_status.rb."""

    unknown = "unknown"
    """To come; or past and not yet filled in, for days sometimes: it never means that the person was absent."""
    seen = "seen"
    excused = "excused"
    revoked = "revoked"
    noshow = "noshow"


class LocationType(StrEnum):
    """RDV-Solidarités, motif.location_type; `visio` is missing from its published swagger."""

    public_office = "public_office"
    phone = "phone"
    home = "home"
    visio = "visio"


class Appointment(Base):
    """One appointment of one person. An agent's free note (`rdv.context`) is never copied here."""

    __tablename__ = "appointments"
    __table_args__ = rules(
        UniqueConstraint("source", "source_id"),
        CheckConstraint("duration_minutes BETWEEN 5 AND 600", name="lasts_a_while"),
        CheckConstraint("location_type <> 'public_office' OR address IS NOT NULL", name="office_has_an_address"),
        CheckConstraint(
            "(status = 'revoked' OR status = 'excused') = (cancelled_at IS NOT NULL)", name="cancelled_is_dated"
        ),
        Index("ix_appointments_person_time", "beneficiary_id", "starts_at"),
        kept=Retention(why="two years, as RDV-Solidarités keeps them", days=730, after="starts_at"),
    )

    id: Mapped[UUID] = key()
    source: Mapped[str] = column(Privacy.technical)
    source_id: Mapped[str] = column(Privacy.technical)
    source_updated_at: Mapped[datetime] = instant()
    """When the source last said so; an older event that arrives later changes nothing."""
    beneficiary_id: Mapped[UUID] = column(Privacy.personal, ForeignKey("beneficiaries.id", ondelete="CASCADE"))
    organisation_id: Mapped[UUID] = column(Privacy.personal, ForeignKey("organisations.id"), index=True)
    caseworker_id: Mapped[UUID | None] = column(Privacy.personal, ForeignKey("caseworkers.id"), index=True)
    starts_at: Mapped[datetime] = column(Privacy.personal)
    duration_minutes: Mapped[int] = column(Privacy.personal)
    status: Mapped[Status] = choice_of(Status, Privacy.personal, default=Status.unknown)
    cancelled_at: Mapped[datetime | None] = column(Privacy.personal)
    location_type: Mapped[LocationType] = choice_of(LocationType, Privacy.personal)
    place_name: Mapped[str | None] = column(Privacy.personal)
    address: Mapped[str | None] = column(Privacy.personal)
    directions: Mapped[str | None] = column(Privacy.personal)
    call_from: Mapped[str | None] = column(Privacy.personal)
    """The number that will call, when the appointment is by telephone."""
    category: Mapped[str] = column(Privacy.intimate)
    """rdv-insertion's motif category short_name: open data, not an enumeration."""
    title: Mapped[str] = column(Privacy.intimate)
    """In words: "rendez-vous d'orientation"."""
    documents: Mapped[list[str]] = column(Privacy.personal)
    """What to bring, in words; empty when nothing is asked."""
    collective: Mapped[bool] = column(Privacy.personal, default=False)
