"""Rasa's two tables, in a schema and under a role of their own. Rasa does no DDL: our migrations make them."""

from sqlalchemy import BigInteger, Float, Index, String, Text
from sqlalchemy.orm import Mapped

from api.core.columns import Base, Privacy, Retention, column

SCHEMA = "rasa"


class RasaEvent(Base):
    """One event of a tracker, in the shape that Rasa 3.6's SQLTrackerStore reads (rasa/core/tracker_store.py)."""

    __tablename__ = "events"
    __table_args__ = (
        # Rasa has an index on sender_id alone; its session query also needs the last session_started.
        Index("ix_events_sender_id", "sender_id", "id"),
        Index("ix_events_session", "sender_id", "type_name", "timestamp"),
        {"schema": SCHEMA, "info": {"retention": Retention(why="dies with its conversation", parent="conversations")}},
    )

    id: Mapped[int] = column(Privacy.technical, BigInteger, primary_key=True, autoincrement=True)
    sender_id: Mapped[str] = column(Privacy.technical, String(255))
    type_name: Mapped[str] = column(Privacy.technical, String(255))
    timestamp: Mapped[float | None] = column(Privacy.technical, Float)
    intent_name: Mapped[str | None] = column(Privacy.intimate, String(255))
    action_name: Mapped[str | None] = column(Privacy.technical, String(255))
    data: Mapped[str | None] = column(Privacy.intimate, Text)


class RasaFence(Base):
    """Which attempt may write: an answer that Rasa finishes after we gave it up must leave no trace."""

    __tablename__ = "fences"
    __table_args__ = (
        {"schema": SCHEMA, "info": {"retention": Retention(why="dies with its conversation", parent="conversations")}},
    )

    sender_id: Mapped[str] = column(Privacy.technical, String(255), primary_key=True)
    fence: Mapped[int] = column(Privacy.technical, BigInteger)
