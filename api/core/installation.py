"""What this database is: made by Hent, and for a demonstration or for real people."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped

from api.core.columns import REFERENCE, Base, Privacy, choice_of, column, instant, rules


class Kind(StrEnum):
    """A demonstration may be filled and emptied at will; the other never."""

    demo = "demo"
    production = "production"


class Installation(Base):
    """The one row that marks a database as Hent's own."""

    __tablename__ = "installation"
    __table_args__ = rules(CheckConstraint("id = 1", name="only_one"), kept=REFERENCE)

    id: Mapped[int] = column(Privacy.public, primary_key=True, default=1)
    kind: Mapped[Kind] = choice_of(Kind, Privacy.public)
    created_at: Mapped[datetime] = instant()
