"""People whom no SMS reaches: who, why, and their letters."""

from uuid import UUID

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict

from api.core.clock import now
from api.desk import unreached
from channels.desk.dependencies import TheAccount, from_desk
from channels.web.dependencies import TheSealer, TheSession, TheSettings

router = APIRouter(prefix="/desk/unreached", tags=["desk"], dependencies=[Depends(from_desk)])

PDF = "application/pdf"


class Line(BaseModel):
    """One of them, and why in words."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    why: str
    next_appointment: str | None


@router.get("")
async def listed(session: TheSession, who: TheAccount) -> list[Line]:
    """By name."""
    return [Line.model_validate(one) for one in await unreached.listed(session, who, now())]


@router.post("/letters", response_class=Response)
async def letters(session: TheSession, sealer: TheSealer, settings: TheSettings, who: TheAccount) -> Response:
    """A page each; the same again is another code each, and those before stay good."""
    return Response(await unreached.letters(session, sealer, who, settings.public_url, now()), media_type=PDF)


@router.post("/{person}/letter", response_class=Response)
async def letter(
    person: UUID, session: TheSession, sealer: TheSealer, settings: TheSettings, who: TheAccount
) -> Response:
    """One page."""
    return Response(await unreached.letter(session, sealer, who, person, settings.public_url, now()), media_type=PDF)
