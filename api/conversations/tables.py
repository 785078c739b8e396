"""Conversations, messages and turns. The message row is the job."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped

from api.core.columns import Base, Privacy, Retention, choice_of, column, french, instant, key, rules
from api.privacy.audience import Channel, Level

KEPT_WITH_CONVERSATION = Retention(why="lives with its conversation", parent="conversations")


class Author(StrEnum):
    """Who wrote a message."""

    person = "person"
    assistant = "assistant"
    caseworker = "caseworker"
    system = "system"


class Mode(StrEnum):
    """Who answers."""

    assistant = "assistant"
    waiting = "waiting"
    caseworker = "caseworker"


class MessageStatus(StrEnum):
    """Where a message is."""

    received = "received"
    answered = "answered"
    left_to_human = "left_to_human"
    sent = "sent"


class TurnKind(StrEnum):
    """A message is answered once; a question that needed an identity, once more when it is proved."""

    first = "first"
    again = "again"


class TurnStatus(StrEnum):
    """How a turn ended."""

    open = "open"
    answered = "answered"
    silent = "silent"
    dropped = "dropped"
    """The answer came after a caseworker took over."""
    failed = "failed"
    """The honest sentence was said."""


class Conversation(Base):
    """One browser session, or one (number, sender). Its id is Rasa's `sender`: random, telling nothing."""

    __tablename__ = "conversations"
    __table_args__ = rules(
        UniqueConstraint("phone", "sender"),
        CheckConstraint("(channel = 'sms') = (phone IS NOT NULL AND sender IS NOT NULL)", name="sms_has_a_number"),
        CheckConstraint("(channel = 'web') = (token_digest IS NOT NULL)", name="web_has_a_token"),
        CheckConstraint("(level IN ('code', 'link')) = (beneficiary_id IS NOT NULL)", name="a_level_is_somebody's"),
        CheckConstraint("answered_seq <= last_seq", name="answers_follow"),
        Index("ix_conversations_waiting", "waiting_since", postgresql_where="waiting_since IS NOT NULL"),
        kept=Retention(
            why="30 days without contact; longer only once a file carries it", days=30, after="last_activity_at"
        ),
    )

    id: Mapped[UUID] = key()
    channel: Mapped[Channel] = choice_of(Channel, Privacy.technical)
    authority_code: Mapped[str] = column(Privacy.technical, ForeignKey("authorities.code"))
    token_digest: Mapped[bytes | None] = column(Privacy.secret, unique=True)
    address_digest: Mapped[bytes | None] = column(Privacy.secret)
    phone: Mapped[str | None] = column(Privacy.personal)
    sender: Mapped[str | None] = column(Privacy.technical)
    mode: Mapped[Mode] = choice_of(Mode, Privacy.technical, default=Mode.assistant)
    mode_version: Mapped[int] = column(Privacy.technical, default=0)
    level: Mapped[Level] = choice_of(Level, Privacy.technical, default=Level.nobody)
    beneficiary_id: Mapped[UUID | None] = column(
        Privacy.personal, ForeignKey("beneficiaries.id", ondelete="CASCADE"), index=True
    )
    identified_at: Mapped[datetime | None] = column(Privacy.technical)
    last_seq: Mapped[int] = column(Privacy.technical, default=0)
    answered_seq: Mapped[int] = column(Privacy.technical, default=0)
    read_seq: Mapped[int] = column(Privacy.technical, default=0, server_default="0")
    """The last message that the person's browser showed them; 0 by SMS, where nobody knows."""
    waiting_until: Mapped[datetime | None] = column(Privacy.technical)
    """When waiting for a human ends by itself, and the assistant answers again."""
    told_waiting_at: Mapped[datetime | None] = column(Privacy.technical)
    """When the person was last told that what they write is kept for somebody."""
    nudge_phone: Mapped[str | None] = column(Privacy.personal)
    """Where to tell, by SMS and without content, that an answer waits on the web; E.164, given for that."""
    nudged_seq: Mapped[int] = column(Privacy.technical, default=0, server_default="0")
    """The last caseworker's message about which such an SMS was sent."""
    commune_insee: Mapped[str | None] = column(Privacy.personal)
    """Where somebody unknown says that they live, so that the right team answers."""
    again_id: Mapped[UUID | None] = column(Privacy.technical)
    """The question to answer once more, now that we know who asks."""
    waiting_since: Mapped[datetime | None] = column(Privacy.technical)
    """Set while a message waits for its turn: what workers look for. To come while more may follow it by SMS."""
    lease: Mapped[UUID | None] = column(Privacy.technical)
    leased_until: Mapped[datetime | None] = column(Privacy.technical)
    fence: Mapped[int] = column(Privacy.technical, BigInteger, default=0)
    """Counts attempts; Rasa's store refuses to write for an attempt that is no longer the last."""
    rasa_cursor: Mapped[int] = column(Privacy.technical, BigInteger, default=0)
    """Rasa's last event that belongs to a finished turn; what lies past it is deleted before asking again."""
    rasa_turns: Mapped[int] = column(Privacy.technical, default=0)
    """Turns since Rasa's session began."""
    created_at: Mapped[datetime] = instant()
    last_activity_at: Mapped[datetime] = instant()


class ReturnLink(Base):
    """The link of an SMS that says that an answer waits: it opens the human part of a web conversation elsewhere."""

    __tablename__ = "return_links"
    __table_args__ = rules(kept=KEPT_WITH_CONVERSATION)

    id: Mapped[UUID] = key()
    conversation_id: Mapped[UUID] = column(
        Privacy.technical, ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    token_digest: Mapped[bytes] = column(Privacy.secret, unique=True)
    """Of the secret in the SMS; good once."""
    session_digest: Mapped[bytes | None] = column(Privacy.secret, unique=True)
    """Of the token that was given for it: from then on it reads and writes here as the browser's own does."""
    first_seq: Mapped[int] = column(Privacy.technical)
    """The first message that it shows: what was said before is not for whoever holds a telephone."""
    expires_at: Mapped[datetime] = column(Privacy.technical)
    used_at: Mapped[datetime | None] = column(Privacy.technical)
    created_at: Mapped[datetime] = instant()


class Message(Base):
    """One utterance of anyone."""

    __tablename__ = "messages"
    __table_args__ = rules(
        UniqueConstraint("conversation_id", "seq"),
        UniqueConstraint("conversation_id", "reference"),
        CheckConstraint("seq > 0", name="seq_begins_at_one"),
        Index("ix_messages_search", french("text"), postgresql_using="gin"),
        Index("ix_messages_about", "about_id", postgresql_where="about_id IS NOT NULL"),
        kept=KEPT_WITH_CONVERSATION,
    )

    id: Mapped[UUID] = key()
    conversation_id: Mapped[UUID] = column(Privacy.technical, ForeignKey("conversations.id", ondelete="CASCADE"))
    seq: Mapped[int] = column(Privacy.technical)
    author: Mapped[Author] = choice_of(Author, Privacy.technical)
    text: Mapped[str] = column(Privacy.intimate)
    """As people read it; numbers that nobody should write here are masked before the row exists."""
    sealed: Mapped[bytes | None] = column(Privacy.secret)
    """What was typed while an identity check was in progress: opened by the turn, then gone."""
    says: Mapped[list[str]] = column(Privacy.intimate)
    """Names of the texts that an answer was made of."""
    # Without it None is kept as JSON's null, which IS NULL does not find.
    payload: Mapped[dict[str, Any] | None] = column(Privacy.intimate, JSONB(none_as_null=True))
    """What the chosen button stands for: {"intent": …, "entities": …} or {"repeat": message id}."""
    cards: Mapped[list[dict[str, Any]] | None] = column(Privacy.intimate, JSONB(none_as_null=True))
    """What stands beside it on a page: facts of what it says (api/appointments/cards.py, api/training/cards.py)."""
    reference: Mapped[str | None] = column(Privacy.technical)
    """The browser's own id or the provider's: the same twice is one row."""
    status: Mapped[MessageStatus] = choice_of(MessageStatus, Privacy.technical)
    turn_id: Mapped[UUID | None] = column(Privacy.technical, index=True)
    """The turn that answered this message, or that said it."""
    caseworker_id: Mapped[UUID | None] = column(
        Privacy.professional, ForeignKey("caseworkers.id", ondelete="SET NULL"), index=True
    )
    """Who wrote it, when a caseworker did."""
    about_id: Mapped[UUID | None] = column(Privacy.personal, ForeignKey("beneficiaries.id", ondelete="CASCADE"))
    """Of whose file it tells, to whoever had proved to be them: hidden on a page while it is not known who reads."""
    created_at: Mapped[datetime] = instant()


class Choice(Base):
    """A button under a message. Its value is opaque, and good only in the conversation that was offered it."""

    __tablename__ = "choices"
    __table_args__ = rules(UniqueConstraint("message_id", "ordinal"), kept=KEPT_WITH_CONVERSATION)

    value: Mapped[UUID] = key()
    message_id: Mapped[UUID] = column(Privacy.technical, ForeignKey("messages.id", ondelete="CASCADE"))
    ordinal: Mapped[int] = column(Privacy.technical)
    title: Mapped[str] = column(Privacy.intimate)
    payload: Mapped[dict[str, Any]] = column(Privacy.intimate)
    words: Mapped[list[str]] = column(Privacy.intimate, server_default="[]")
    """What may be typed instead of pressing it: "yes", "no" (any way of saying it), or folded words."""


class Turn(Base):
    """One message being answered, however often the attempt must be made again."""

    __tablename__ = "turns"
    __table_args__ = rules(UniqueConstraint("message_id", "kind"), kept=KEPT_WITH_CONVERSATION)

    id: Mapped[UUID] = key()
    conversation_id: Mapped[UUID] = column(
        Privacy.technical, ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    message_id: Mapped[UUID] = column(Privacy.technical, ForeignKey("messages.id", ondelete="CASCADE"))
    kind: Mapped[TurnKind] = choice_of(TurnKind, Privacy.technical)
    attempts: Mapped[int] = column(Privacy.technical, default=0)
    status: Mapped[TurnStatus] = choice_of(TurnStatus, Privacy.technical, default=TurnStatus.open)
    intent: Mapped[str | None] = column(Privacy.intimate)
    confidence: Mapped[float | None] = column(Privacy.technical)
    started_at: Mapped[datetime] = instant()
    finished_at: Mapped[datetime | None] = column(Privacy.technical)


class Draft(Base):
    """A fact that an action left for the server to say; Rasa sees its id only. Run again, the first one stays."""

    __tablename__ = "drafts"
    __table_args__ = rules(UniqueConstraint("turn_id", "action", "ordinal"), kept=KEPT_WITH_CONVERSATION)

    id: Mapped[UUID] = key()
    turn_id: Mapped[UUID] = column(Privacy.technical, ForeignKey("turns.id", ondelete="CASCADE"))
    action: Mapped[str] = column(Privacy.technical)
    ordinal: Mapped[int] = column(Privacy.technical)
    say: Mapped[str] = column(Privacy.intimate)
    facts: Mapped[dict[str, Any]] = column(Privacy.intimate)


class Effect(Base):
    """Something that an action did, once for (turn, action, ordinal) whatever dies in between."""

    __tablename__ = "effects"
    __table_args__ = rules(UniqueConstraint("turn_id", "action", "ordinal"), kept=KEPT_WITH_CONVERSATION)

    id: Mapped[UUID] = key()
    turn_id: Mapped[UUID] = column(Privacy.technical, ForeignKey("turns.id", ondelete="CASCADE"))
    action: Mapped[str] = column(Privacy.technical)
    ordinal: Mapped[int] = column(Privacy.technical)
    result: Mapped[dict[str, Any]] = column(Privacy.intimate)
