"""Sentences that an authority has changed: approved versions lie over the files of `data/texts/`."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped

from api.core.columns import Base, Privacy, Retention, column, instant, key, rules


class TextVersion(Base):
    """One approved wording of one name for one authority; the newest version speaks."""

    __tablename__ = "text_versions"
    __table_args__ = rules(
        UniqueConstraint("authority_code", "name", "version"),
        kept=Retention(why="what was said must be explained later, so versions stay"),
    )

    id: Mapped[UUID] = key()
    authority_code: Mapped[str] = column(Privacy.public, ForeignKey("authorities.code"))
    name: Mapped[str] = column(Privacy.public)
    version: Mapped[int] = column(Privacy.public)
    web: Mapped[str] = column(Privacy.public)
    sms: Mapped[str | None] = column(Privacy.public)
    approved_by: Mapped[str] = column(Privacy.professional)
    approved_at: Mapped[datetime] = instant(Privacy.public)
