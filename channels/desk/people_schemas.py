"""What a desk and the server say to each other about people."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from api.desk.people.due import What
from api.desk.people.writing import AT_MOST
from channels.desk.schemas import Words


class Shown(BaseModel):
    """Read from what a service returns."""

    model_config = ConfigDict(from_attributes=True)


class Due(Shown):
    """Something to do for a person."""

    what: What
    label: str


class Person(Shown):
    """One line of the list."""

    id: UUID
    name: str
    commune: str | None
    stage: str | None
    due: list[Due]
    next_appointment: str | None
    contract_ends_on: date | None
    last_contact_on: date | None
    channel: str
    instead_of: str | None


class PeoplePage(Shown):
    """Fifty at most."""

    total: int
    items: list[Person]


class FieldShown(Shown):
    """Something of the file, in words."""

    label: str
    value: str


class Can(Shown):
    """What one can do for this person."""

    book: bool
    mark: bool
    link: bool
    write: bool
    cannot_write: str | None
    check_number: bool


class Visit(Shown):
    """An appointment."""

    id: UUID
    when: str
    starts_at: datetime
    title: str
    place: str
    status_label: str
    can_move: bool
    can_cancel: bool


class Contact(Shown):
    """One line of the history."""

    at: datetime
    what: str
    label: str


class PersonCard(Shown):
    """One person, whole."""

    id: UUID
    name: str
    fields: list[FieldShown]
    confidential: bool | None
    reminders: str | None
    lapsed: bool
    can: Can
    appointments: list[Visit]
    history: list[Contact]


class Hour(Shown):
    """A free hour."""

    id: UUID
    label: str


class Hours(Shown):
    """Three at most, and where the next ones begin."""

    slots: list[Hour]
    after: UUID | None


class Booking(BaseModel):
    """Which hour; `id` is the desk's own: the same again is the same appointment."""

    id: UUID
    slot: UUID


class Moving(BaseModel):
    """Which hour instead."""

    slot: UUID


class Booked(BaseModel):
    """The appointment that was made."""

    id: UUID


class Mark(BaseModel):
    """Whether the file is confidential from now on."""

    confidential: bool


class Wish(BaseModel):
    """Whether they asked for it."""

    asked: bool


class Link(Shown):
    """An address to give in person."""

    url: str
    expires_at: datetime


class Draft(BaseModel):
    """A text for some people."""

    people: Annotated[list[UUID], Field(min_length=1, max_length=AT_MOST)]
    text: Words


class Sending(Draft):
    """`id` is the desk's own: the same again is the same message to each."""

    id: UUID


class Recipient(Shown):
    """What one of them would read."""

    id: UUID
    name: str
    text: str
    segments: int
    refused: str | None


class Preview(Shown):
    """What would leave, what it costs in thousandths of a euro, and when."""

    recipients: list[Recipient]
    segments: int
    cost_millis: int | None
    goes_at: datetime


class Posted(Shown):
    """How many it went to, and when."""

    written: int
    refused: int
    goes_at: datetime
