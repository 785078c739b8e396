"""What a desk and the server say to each other about accounts."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints

from api.caseworkers.tables import Role
from channels.desk.schemas import Secret

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]


class Me(BaseModel):
    """Who is signed in, for whom, and what they may open."""

    id: UUID
    name: str
    first_name: str
    role: Role
    organisation: str
    authority: str
    second_factor: bool
    pages: list[str]


class Mine(BaseModel):
    """What one reads of one's own account."""

    model_config = ConfigDict(from_attributes=True)

    email: str
    phone: str
    hours: str
    absent_from: date | None
    absent_until: date | None
    stand_in: str | None


class Password(BaseModel):
    """One's own, asked for again."""

    password: Secret


class NewPassword(BaseModel):
    """The one that one has, and the one that one chose."""

    old: Secret
    new: Secret


class Enrolment(BaseModel):
    """What a telephone needs to make codes: shown once."""

    secret: str
    uri: str
    svg: str
    """The address of the QR code, as long as no code was given."""


class NewAccount(BaseModel):
    """Somebody to invite."""

    first_name: Name
    last_name: Name
    email: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=200)]
    phone: Annotated[str, StringConstraints(strip_whitespace=True, max_length=30)]
    role: Role
    organisation: UUID | None = None
    """A team of the same authority; none: the administrator's own."""


class Listed(BaseModel):
    """One account."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    email: str
    organisation: str
    role: Role
    active: bool
    second_factor: bool
    sessions: int
    invited: bool
    mine: bool


class Team(BaseModel):
    """Where somebody may work."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str


class Named(BaseModel):
    """Somebody of the journal."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str


class Entry(BaseModel):
    """Somebody looked, or acted."""

    model_config = ConfigDict(from_attributes=True)

    at: datetime
    who: str
    what: str
    person: str | None
    account: str | None


class Journal(BaseModel):
    """Fifty entries at most, the last first."""

    model_config = ConfigDict(from_attributes=True)

    total: int
    items: list[Entry]
    caseworkers: list[Named]
    """Those of whom one may ask."""


class Code(BaseModel):
    """The first one that a telephone made."""

    code: Annotated[SecretStr, Field(min_length=6, max_length=12)]
