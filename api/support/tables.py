"""Services that help (transport, childcare, housing…), as data·inclusion's schema 1.0.8 describes them."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from api.core.columns import REFERENCE, Base, Privacy, Retention, choice_of, column, instant, key, rules


class Fee(StrEnum):
    """data·inclusion: frais."""

    gratuit = "gratuit"
    payant = "payant"


class SupportService(Base):
    """One service of one structure in one place. Words of lists are data·inclusion's own, read tolerantly."""

    __tablename__ = "support_services"
    __table_args__ = rules(
        UniqueConstraint("source", "source_id"),
        Index("ix_support_services_themes", "themes", postgresql_using="gin"),
        kept=REFERENCE,
    )

    id: Mapped[UUID] = key()
    source: Mapped[str] = column(Privacy.public)
    source_id: Mapped[str] = column(Privacy.public)
    name: Mapped[str] = column(Privacy.public)
    structure: Mapped[str] = column(Privacy.public)
    description: Mapped[str] = column(Privacy.public)
    type: Mapped[str | None] = column(Privacy.public)
    themes: Mapped[list[str]] = column(Privacy.public)
    """thematiques: "mobilite--preparer-un-permis"."""
    audiences: Mapped[list[str]] = column(Privacy.public)
    """publics."""
    access_conditions: Mapped[str | None] = column(Privacy.public)
    fee: Mapped[Fee | None] = choice_of(Fee, Privacy.public, nullable=True)
    reception: Mapped[list[str]] = column(Privacy.public)
    """modes_accueil: a-distance, en-presentiel."""
    open_to: Mapped[list[str]] = column(Privacy.public)
    """mobilisable_par: usagers, professionnels. Without `usagers` it is asked for through the caseworker."""
    phone: Mapped[str | None] = column(Privacy.public)
    address: Mapped[str | None] = column(Privacy.public)
    commune_insee: Mapped[str] = column(Privacy.public)
    latitude: Mapped[float] = column(Privacy.public)
    longitude: Mapped[float] = column(Privacy.public)
    zone: Mapped[list[str]] = column(Privacy.public)
    """zone_eligibilite: INSEE codes of communes or départements; empty: everybody."""
    updated_on: Mapped[date] = column(Privacy.public)


class SupportSearch(Base):
    """What a conversation is looking for, so that "d'autres" and "plutôt à Quimper" mean something."""

    __tablename__ = "support_searches"
    __table_args__ = rules(kept=Retention(why="a search lives with its conversation", parent="conversations"))

    id: Mapped[UUID] = key()
    conversation_id: Mapped[UUID] = column(
        Privacy.technical, ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    theme: Mapped[str | None] = column(Privacy.intimate)
    """A code of `data/reference/themes.yml`."""
    commune_insee: Mapped[str | None] = column(Privacy.intimate)
    shown: Mapped[list[str]] = column(Privacy.intimate)
    created_at: Mapped[datetime] = instant()
