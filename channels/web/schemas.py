"""What the browser and the server say to each other."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from api.authorities.tables import NoticeKind
from api.conversations.tables import Author, Mode
from channels.web.cards import AppointmentCard, TrainingCard

LAST_SEQ = 2**31 - 1
"""The largest that PostgreSQL's integer holds; past it a query fails."""


class Beginning(BaseModel):
    """Whose page the conversation begins on; nobody's in particular without a code."""

    authority: Annotated[str, StringConstraints(max_length=20)] | None = None


class NewConversation(BaseModel):
    """What a browser keeps: the token opens the conversation, its id only names it."""

    conversation: UUID
    token: str


class Written(BaseModel):
    """What a person sends. `id` is the browser's own: the same again is the same message."""

    id: UUID
    # Longer than what is accepted, so that the refusal is ours, in French.
    text: Annotated[str, StringConstraints(max_length=60_000)] = ""
    choice: UUID | None = None


class Stored(BaseModel):
    """Where the message stands in its conversation."""

    seq: int


class ShownChoice(BaseModel):
    """A button."""

    title: str
    value: str


class ShownMessage(BaseModel):
    """A message as people read it."""

    seq: int
    author: Author
    text: str
    id: str | None = Field(default=None, exclude_if=lambda reference: reference is None)
    """Under which the person's browser sent it: it knows its own again, whether or not its POST was answered."""
    lang: str | None = None
    """Of what is said in another language than French: the page tells it to who reads aloud."""
    dir: str | None = None
    """The same: "ltr" or "rtl"."""
    hidden: bool = False
    """Whether it tells of a file, and it is not known any more that its person reads."""
    answers: bool = False
    """Whether it answers something: then the person may say if that helped."""
    choices: list[ShownChoice]
    cards: list[AppointmentCard | TrainingCard] = Field(default=[], exclude_if=lambda cards: not cards)
    created_at: datetime


class Transcript(BaseModel):
    """What is new, and who answers now."""

    mode: Mode
    who: str | None = None
    """The first name of the caseworker who answers."""
    first: int
    """The first message that is still kept; whatever a page shows before it was erased."""
    known_since: str | None = None
    """Since when it is known who reads. When it changes, so does what they may read of what came before."""
    messages: list[ShownMessage]


class ShownNotice(BaseModel):
    """What everybody should know who writes now."""

    kind: NoticeKind
    text: str


class AuthorityCard(BaseModel):
    """Whom to call, and how the conversation begins."""

    name: str
    phone: str
    hours: str
    welcome: str
    notices: list[ShownNotice]
    """What happens there, or is about to, to be asked for again now and then."""


class LinkToken(BaseModel):
    """The secret part of a link: a personal one, or that of an SMS."""

    token: Annotated[str, Field(min_length=20, max_length=200)]


class Helpful(BaseModel):
    """Whether an answer helped."""

    helpful: bool


class Read(BaseModel):
    """How far the page has shown the conversation to the person."""

    seq: Annotated[int, Field(ge=1, le=LAST_SEQ)]


class Returned(BaseModel):
    """A conversation opened elsewhere: its token, and the first message that is shown there."""

    conversation: UUID
    token: str
    first: int
