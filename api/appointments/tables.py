"""Appointments, as rdv-insertion and RDV-Solidarités describe them."""

from datetime import datetime, timedelta
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


class Excuse(StrEnum):
    """Why somebody cannot come: offered as choices, never demanded (rdv-insertion keeps no reason)."""

    health = "health"
    childcare = "childcare"
    transport = "transport"
    work = "work"
    other = "other"


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
    changeable: Mapped[bool] = column(Privacy.technical, default=True, server_default="true")
    """Whether we may change it ourselves; the sources that tell us of theirs are asked through the service."""
    confirmed_at: Mapped[datetime | None] = column(Privacy.personal)
    """When the person said that they would come."""
    excuse: Mapped[Excuse | None] = choice_of(Excuse, Privacy.intimate, nullable=True)

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.duration_minutes)


class Slot(Base):
    """An hour of a team: free as long as no appointment has it, and taken once, whoever asks at the same instant."""

    __tablename__ = "slots"
    __table_args__ = rules(
        CheckConstraint("duration_minutes BETWEEN 5 AND 600", name="lasts_a_while"),
        CheckConstraint("location_type <> 'public_office' OR address IS NOT NULL", name="office_has_an_address"),
        Index("ix_slots_free", "organisation_id", "starts_at", postgresql_where="appointment_id IS NULL"),
        kept=Retention(why="an hour that has passed is of no use", days=30, after="starts_at"),
    )

    id: Mapped[UUID] = key()
    organisation_id: Mapped[UUID] = column(Privacy.public, ForeignKey("organisations.id", ondelete="CASCADE"))
    caseworker_id: Mapped[UUID | None] = column(Privacy.professional, ForeignKey("caseworkers.id", ondelete="SET NULL"))
    category: Mapped[str] = column(Privacy.public)
    """rdv-insertion's motif category short_name; its first words say for whom the hour is (`rsa_orientation`…)."""
    starts_at: Mapped[datetime] = column(Privacy.public)
    duration_minutes: Mapped[int] = column(Privacy.public)
    location_type: Mapped[LocationType] = choice_of(LocationType, Privacy.public)
    place_name: Mapped[str | None] = column(Privacy.public)
    address: Mapped[str | None] = column(Privacy.public)
    directions: Mapped[str | None] = column(Privacy.public)
    call_from: Mapped[str | None] = column(Privacy.public)
    appointment_id: Mapped[UUID | None] = column(
        Privacy.personal, ForeignKey("appointments.id", ondelete="SET NULL"), unique=True
    )


class ReminderKind(StrEnum):
    """What is sent by itself; each kind can be switched off by its authority."""

    three_days = "three_days"
    one_day = "one_day"
    missed = "missed"
    """After an appointment that somebody did not come to: another is offered."""
    never_convoked = "never_convoked"
    contract_ends = "contract_ends"


class Reminder(Base):
    """One message that we start, decided once for its subject and kind, whatever becomes of it."""

    __tablename__ = "reminders"
    __table_args__ = rules(
        UniqueConstraint("subject", "kind"),
        kept=Retention(why="two years, as appointments", days=730, after="decided_at"),
    )

    id: Mapped[UUID] = key()
    subject: Mapped[str] = column(Privacy.technical)
    """What it is about: the id of the appointment with its hour, of the contract, of the pathway's beginning."""
    kind: Mapped[ReminderKind] = choice_of(ReminderKind, Privacy.technical)
    beneficiary_id: Mapped[UUID] = column(
        Privacy.personal, ForeignKey("beneficiaries.id", ondelete="CASCADE"), index=True
    )
    appointment_id: Mapped[UUID | None] = column(
        Privacy.personal, ForeignKey("appointments.id", ondelete="CASCADE"), index=True
    )
    sms_id: Mapped[UUID | None] = column(
        Privacy.technical, ForeignKey("outgoing_sms.id", ondelete="SET NULL"), index=True
    )
    """None: it was not to be sent, as `why` says."""
    why: Mapped[str | None] = column(Privacy.technical)
    """Why not: a word of ours (confidential, silent, no_mobile, shared, already_answered)."""
    decided_at: Mapped[datetime] = instant()
    answer: Mapped[str | None] = column(Privacy.personal)
    """yes or no: what the person answered to it."""
    answered_at: Mapped[datetime | None] = column(Privacy.personal)


class Invitation(Base):
    """A link sent by rdv-insertion to choose an hour: the SMS says three days, `expires_at` is what counts."""

    __tablename__ = "invitations"
    __table_args__ = rules(
        UniqueConstraint("source", "source_id"),
        kept=Retention(why="two years, as appointments", days=730, after="sent_at"),
    )

    id: Mapped[UUID] = key()
    source: Mapped[str] = column(Privacy.technical)
    source_id: Mapped[str] = column(Privacy.technical)
    beneficiary_id: Mapped[UUID] = column(
        Privacy.personal, ForeignKey("beneficiaries.id", ondelete="CASCADE"), index=True
    )
    category: Mapped[str] = column(Privacy.intimate)
    sent_at: Mapped[datetime] = column(Privacy.personal)
    expires_at: Mapped[datetime | None] = column(Privacy.personal)
    """None: the link never expires (an appointment that is not obligatory)."""
    answered_at: Mapped[datetime | None] = column(Privacy.personal)
    """When an hour was chosen with it."""
