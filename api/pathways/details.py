"""What each kind of fact says beyond its date: checked before it is written, since nothing is ever changed after."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from api.core.errors import Unreadable
from api.pathways.tables import FactKind

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class Detail(BaseModel):
    """Nothing more, for most kinds."""

    model_config = ConfigDict(extra="forbid")


class Path(StrEnum):
    """The three pathways of the law (loi 2023-1196)."""

    social = "social"
    professional = "professional"
    socio_professional = "socio_professional"


class Oriented(Detail):
    path: Path
    organisation: UUID


class Assigned(Detail):
    caseworker: UUID


class Signed(Detail):
    ends_on: date


class Planned(Detail):
    step: Word
    title: Word
    due_on: date | None = None


class Done(Detail):
    step: Word


class Moved(Detail):
    authority: Word


SHAPES: dict[FactKind, type[Detail]] = {
    FactKind.oriented: Oriented,
    FactKind.assigned: Assigned,
    FactKind.contract_signed: Signed,
    FactKind.step_planned: Planned,
    FactKind.step_done: Done,
    FactKind.moved: Moved,
}


def checked(kind: FactKind, detail: dict[str, Any]) -> dict[str, Any]:
    """The detail of a fact as JSON keeps it: ids and dates as text. Raises Unreadable."""
    try:
        return SHAPES.get(kind, Detail).model_validate(detail).model_dump(mode="json")
    except ValidationError as wrong:
        # The error would quote what came: only the names of the fields are told.
        fields = sorted({str(part) for error in wrong.errors() for part in error["loc"]})
        raise Unreadable(f"Un fait de parcours est mal écrit : {', '.join(fields)}.", error="detail") from None
