"""What a desk and the server say to each other."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, SecretStr, StringConstraints

from api.conversations.tables import Author, Mode
from api.desk.items import Turn
from api.desk.queue import State
from api.desk.talk import Delivery
from api.escalations.tables import Event, Kind, Priority, Reason
from api.privacy.audience import Channel

LAST_SEQ = 2**31 - 1
"""The largest that PostgreSQL's integer holds; past it a query fails."""
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


class Named(BaseModel):
    """Somebody, or an organisation."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str


class Colleague(Named):
    """Who answers in the same organisation."""

    absent: bool


class Item(BaseModel):
    """One line of a queue."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    reason: Reason
    reason_label: str
    kind: Kind
    kind_label: str
    priority: Priority
    priority_label: str
    authority: str
    line: str
    since: datetime
    due_at: datetime
    late: bool
    snoozed_until: datetime | None
    turn: Turn
    unread: int
    channel: Channel
    person: str | None
    person_id: UUID | None
    owner: Named | None
    assigned: Named | None
    mine: bool
    version: int
    answered_by_me: bool


LAST_PAGE = 10_000


class Filters(BaseModel):
    """Which lines of a queue, fifty a page."""

    state: State = "open"
    kind: Kind | None = None
    reason: Reason | None = None
    priority: Priority | None = None
    channel: Channel | None = None
    late: bool = False
    search: Annotated[str, StringConstraints(max_length=200)] = ""
    page: Annotated[int, Field(ge=1, le=LAST_PAGE)] = 1


class Counts(BaseModel):
    """Of the whole queue."""

    model_config = ConfigDict(from_attributes=True)

    open: int
    mine: int
    for_me: int
    to_know: int
    snoozed: int
    late: int
    urgent: int


class QueuePage(BaseModel):
    """Fifty at most, and from which number on the feed tells the rest."""

    model_config = ConfigDict(from_attributes=True)

    cursor: int
    total: int
    counts: Counts
    items: list[Item]


class Card(BaseModel):
    """The person beside the thread."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    birth_date: date | None
    phone: str | None
    commune: str | None
    stage: str | None
    next_appointment: str | None
    contract: str | None
    confidential: bool | None


class ShownMessage(BaseModel):
    """What was said, by whom, and whether it reached the person."""

    model_config = ConfigDict(from_attributes=True)

    seq: int
    author: Author
    name: str | None
    text: str
    created_at: datetime
    seen: bool | None
    delivery: Delivery | None
    settled: bool


class ShownEvent(BaseModel):
    """What happened to it."""

    model_config = ConfigDict(from_attributes=True)

    seq: int
    event: Event
    label: str
    by: str | None
    to: str | None
    text: str | None
    created_at: datetime


class Thread(Item):
    """One escalation, whole."""

    state: Literal["open", "closed"]
    summary: list[str]
    card: Card | None = Field(serialization_alias="person")
    place: str | None
    phone: str | None
    mode: Mode | None
    messages: list[ShownMessage]
    events: list[ShownEvent]
    colleagues: list[Colleague]


class Seen(BaseModel):
    """The version that somebody acts upon: the one that they saw."""

    version: Annotated[int, Field(ge=0, le=2**31 - 1)]


class Closing(Seen):
    """What became of it."""

    outcome: Annotated[str, StringConstraints(max_length=40)]


class Assigning(Seen):
    """To whom."""

    caseworker: UUID


class PassingOn(Seen):
    """To which organisation, and what its caseworkers must know."""

    organisation: UUID
    comment: Words


class Snoozing(Seen):
    """Until when."""

    until: AwareDatetime


class Read(BaseModel):
    """How far."""

    seq: Annotated[int, Field(ge=0, le=LAST_SEQ)]


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
