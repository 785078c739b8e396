"""Training offers: what LHEO 2.3 tells and a person needs to choose."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped

from api.core.columns import REFERENCE, Base, Privacy, Retention, choice_of, column, instant, key, rules

SEARCH_VECTOR = "to_tsvector('french', search_text)"


class Entry(StrEnum):
    """LHEO modalites-entrees-sorties."""

    fixed = "fixed"
    permanent = "permanent"


class Recruitment(StrEnum):
    """LHEO etat-recrutement; only what is open is shown."""

    open = "open"
    closed = "closed"
    suspended = "suspended"


class Teaching(StrEnum):
    """LHEO modalites-enseignement."""

    onsite = "onsite"
    mixed = "mixed"
    remote = "remote"


class Training(Base):
    """One course of one provider."""

    __tablename__ = "trainings"
    __table_args__ = rules(
        UniqueConstraint("source", "source_id"),
        Index("ix_trainings_search", "search", postgresql_using="gin"),
        Index("ix_trainings_trades", "trades", postgresql_using="gin"),
        kept=REFERENCE,
    )

    id: Mapped[UUID] = key()
    source: Mapped[str] = column(Privacy.public)
    source_id: Mapped[str] = column(Privacy.public)
    title: Mapped[str] = column(Privacy.public)
    objective: Mapped[str] = column(Privacy.public)
    provider: Mapped[str] = column(Privacy.public)
    trades: Mapped[list[str]] = column(Privacy.public)
    """Codes of `data/reference/trades/`."""
    certifying: Mapped[bool] = column(Privacy.public)
    entry_level: Mapped[str | None] = column(Privacy.public)
    """The diploma asked for, in words ("CAP", "bac"); None when none is (LHEO code-niveau-entree 0 and 1)."""
    search_text: Mapped[str] = column(Privacy.public)
    """Title, objective, provider and everyday names of the trades, folded by our normaliser."""
    search: Mapped[str] = column(Privacy.public, TSVECTOR, Computed(SEARCH_VECTOR, persisted=True))


class TrainingSession(Base):
    """One date (or a permanent entry) in one place."""

    __tablename__ = "training_sessions"
    __table_args__ = rules(
        CheckConstraint("entry = 'permanent' OR starts_on IS NOT NULL", name="fixed_entry_is_dated"),
        CheckConstraint("ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("remaining_cost_cents >= 0", name="cost_is_not_negative"),
        kept=REFERENCE,
    )

    id: Mapped[UUID] = key()
    training_id: Mapped[UUID] = column(Privacy.public, ForeignKey("trainings.id", ondelete="CASCADE"), index=True)
    commune_insee: Mapped[str] = column(Privacy.public)
    latitude: Mapped[float] = column(Privacy.public)
    longitude: Mapped[float] = column(Privacy.public)
    entry: Mapped[Entry] = choice_of(Entry, Privacy.public)
    starts_on: Mapped[date | None] = column(Privacy.public)
    ends_on: Mapped[date | None] = column(Privacy.public)
    recruitment: Mapped[Recruitment] = choice_of(Recruitment, Privacy.public)
    hours: Mapped[int | None] = column(Privacy.public)
    teaching: Mapped[Teaching] = choice_of(Teaching, Privacy.public, default=Teaching.onsite, server_default="onsite")
    pace: Mapped[str | None] = column(Privacy.public)
    """LHEO rythme-formation, in words: "temps plein, du lundi au vendredi"."""
    conditions: Mapped[str | None] = column(Privacy.public)
    """LHEO conditions-specifiques, in words."""
    remaining_cost_cents: Mapped[int | None] = column(Privacy.public)
    """What is left for the person to pay (LHEO frais-restants); None when the provider does not say."""
    phone: Mapped[str] = column(Privacy.public)
    updated_on: Mapped[date] = column(Privacy.public)


class TrainingSearch(Base):
    """What a conversation is looking for, so that "d'autres" and "plutôt à Quimper" mean something."""

    __tablename__ = "training_searches"
    __table_args__ = rules(kept=Retention(why="a search lives with its conversation", parent="conversations"))

    id: Mapped[UUID] = key()
    conversation_id: Mapped[UUID] = column(
        Privacy.technical, ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    trade: Mapped[str | None] = column(Privacy.intimate)
    words: Mapped[str | None] = column(Privacy.intimate)
    """What was asked when no trade was recognised, folded."""
    commune_insee: Mapped[str | None] = column(Privacy.intimate)
    begins_after: Mapped[date | None] = column(Privacy.intimate)
    """Nothing that begins before is shown."""
    no_diploma: Mapped[bool] = column(Privacy.intimate, default=False, server_default="false")
    remote: Mapped[bool] = column(Privacy.intimate, default=False, server_default="false")
    shown: Mapped[list[str]] = column(Privacy.intimate)
    """Ids of the sessions already shown, in order."""
    created_at: Mapped[datetime] = instant()


class TrainingApplication(Base):
    """Somebody wants to join a course: written here, told to their caseworker, sent to nobody else."""

    __tablename__ = "training_applications"
    __table_args__ = rules(
        UniqueConstraint("beneficiary_id", "session_id"),
        kept=Retention(why="as long as the person is followed", parent="beneficiaries"),
    )

    id: Mapped[UUID] = key()
    beneficiary_id: Mapped[UUID] = column(Privacy.personal, ForeignKey("beneficiaries.id", ondelete="CASCADE"))
    session_id: Mapped[UUID] = column(
        Privacy.intimate, ForeignKey("training_sessions.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[datetime] = instant()
