"""What a desk and the server say to each other."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints

from api.caseworkers.tables import Role
from api.conversations.tables import Author, Mode
from api.escalations.tables import Event, Kind, Reason
from api.privacy.audience import Channel

Secret = Annotated[SecretStr, Field(min_length=1, max_length=200)]
# Longer than what is accepted, so that the refusal is ours, in French.
Words = Annotated[str, StringConstraints(max_length=60_000)]


class Credentials(BaseModel):
    """Who signs in."""

    email: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=200)]
    password: Secret


class SignedIn(BaseModel):
    """Whether a code of the second factor is still asked for."""

    needs_code: bool


class Code(BaseModel):
    """Of the second factor."""

    code: Annotated[SecretStr, Field(min_length=6, max_length=12)]


class Invitation(BaseModel):
    """The secret part of an invitation, and the password that its holder chose."""

    token: Secret
    password: Secret


class Me(BaseModel):
    """Who is signed in, for whom."""

    name: str
    first_name: str
    role: Role
    organisation: str
    authority: str


class Colleague(BaseModel):
    """Who has it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str


class Item(BaseModel):
    """One line of a queue."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    reason: Reason
    reason_label: str
    kind: Kind
    kind_label: str
    line: str
    since: datetime
    due_at: datetime
    late: bool
    channel: Channel
    person: str | None
    owner: Colleague | None
    version: int
    answered_by_me: bool


class QueuePage(BaseModel):
    """Fifty at most, and from which number on the feed tells the rest."""

    model_config = ConfigDict(from_attributes=True)

    cursor: int
    total: int
    items: list[Item]


class Card(BaseModel):
    """The person beside the thread."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    birth_date: date
    phone: str | None
    stage: str | None
    next_appointment: str | None
    contract: str | None


class ShownMessage(BaseModel):
    """What was said, and by whom."""

    model_config = ConfigDict(from_attributes=True)

    seq: int
    author: Author
    name: str | None
    text: str
    created_at: datetime


class ShownEvent(BaseModel):
    """What happened to it."""

    model_config = ConfigDict(from_attributes=True)

    seq: int
    event: Event
    label: str
    by: str | None
    text: str | None
    created_at: datetime


class Thread(Item):
    """One escalation, whole."""

    state: Literal["open", "closed"]
    mine: bool
    card: Card | None = Field(serialization_alias="person")
    mode: Mode | None
    messages: list[ShownMessage]
    events: list[ShownEvent]


class Seen(BaseModel):
    """The version that somebody acts upon: the one that they saw."""

    version: Annotated[int, Field(ge=0, le=2**31 - 1)]


class Closing(Seen):
    """What became of it."""

    outcome: Annotated[str, StringConstraints(max_length=40)]


class Version(BaseModel):
    """The new one."""

    version: int


class Written(BaseModel):
    """A reply or a note; `id` is the desk's own: the same again is the same one."""

    id: UUID
    text: Words


class Stored(BaseModel):
    """Where the reply stands in its conversation."""

    seq: int
