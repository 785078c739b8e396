"""What was not well understood, so that it will be: sentences without a name, and what people say of our answers."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped

from api.core.columns import Base, Privacy, Retention, choice_of, column, instant, key, rules


class Trouble(StrEnum):
    """What was wrong with how a sentence was understood."""

    not_understood = "not_understood"
    asked_back = "asked_back"
    """"Vous parlez de … ?": what was chosen then says what it meant."""
    unhelpful = "unhelpful"
    """It was answered, and the answer did not help."""


class UnclearSentence(Base):
    """A sentence for an editor to read, masked. Its conversation is known as long as it is kept, 30 days without
    contact: whoever erases it, or is erased, takes the sentence along. After that it is nobody's."""

    __tablename__ = "unclear_sentences"
    __table_args__ = rules(
        UniqueConstraint("conversation_id", "seq"),
        kept=Retention(why="90 days to be read by an editor; gone as soon as it is", days=90, after="created_at"),
    )

    id: Mapped[UUID] = key()
    conversation_id: Mapped[UUID | None] = column(
        Privacy.technical, ForeignKey("conversations.id", ondelete="SET NULL")
    )
    seq: Mapped[int] = column(Privacy.technical)
    """Of the message; of the first, where several were one turn."""
    trouble: Mapped[Trouble] = choice_of(Trouble, Privacy.technical)
    text: Mapped[str] = column(Privacy.intimate)
    """Without numbers, addresses, dates of birth, names and small communes."""
    meant: Mapped[list[str]] = column(Privacy.intimate)
    """Intents that it was taken for, the likeliest first."""
    chosen: Mapped[str | None] = column(Privacy.intimate)
    """The intent that the person chose of those."""
    created_at: Mapped[datetime] = instant()


class AnswerMark(Base):
    """Whether an answer helped, as whoever got it says; kept and erased as those sentences are."""

    __tablename__ = "answer_marks"
    __table_args__ = rules(
        UniqueConstraint("conversation_id", "seq"),
        kept=Retention(why="90 days, to see which texts do not help", days=90, after="created_at"),
    )

    id: Mapped[UUID] = key()
    conversation_id: Mapped[UUID | None] = column(
        Privacy.technical, ForeignKey("conversations.id", ondelete="SET NULL")
    )
    seq: Mapped[int] = column(Privacy.technical)
    """Of the answer."""
    helpful: Mapped[bool] = column(Privacy.intimate)
    intent: Mapped[str | None] = column(Privacy.intimate)
    texts: Mapped[dict[str, Any]] = column(Privacy.intimate)
    """{name of each text: version of the authority's own wording; of ours, what tells it from others}."""
    changes: Mapped[int] = column(Privacy.technical, server_default="0")
    """How often it was said otherwise."""
    created_at: Mapped[datetime] = instant()
