"""Copies of a conversation, by two people's agreement."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response, status
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, ConfigDict, StringConstraints

from api.core.clock import now
from api.desk import transcripts
from api.desk.leaving import NAME
from channels.desk.dependencies import TheAccount, from_desk
from channels.web.dependencies import TheSession

router = APIRouter(prefix="/desk", tags=["desk"], dependencies=[Depends(from_desk)])

NOTHING = status.HTTP_204_NO_CONTENT


class Why(BaseModel):
    """What the copy is for."""

    why: Annotated[str, StringConstraints(max_length=1000)]


class Asked(BaseModel):
    """The request for a copy."""

    id: UUID


class Pending(BaseModel):
    """One that may be agreed to, or taken."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    escalation: UUID
    line: str
    asked_by: str
    why: str
    asked_at: datetime
    approved_by: str | None
    can_approve: bool
    can_take: bool


@router.post("/escalations/{escalation}/transcript")
async def ask(escalation: UUID, asked: Why, session: TheSession, who: TheAccount) -> Asked:
    """A colleague or a supervisor has to agree."""
    return Asked(id=await transcripts.ask(session, who, escalation, asked.why, now()))


@router.get("/transcripts")
async def pending(session: TheSession, who: TheAccount) -> list[Pending]:
    """Those that I may agree to, and mine."""
    return [Pending.model_validate(one) for one in await transcripts.pending(session, who, now())]


@router.post("/transcripts/{transcript}/approve", status_code=NOTHING)
async def approve(transcript: UUID, session: TheSession, who: TheAccount) -> None:
    """The second person's agreement."""
    await transcripts.approve(session, who, transcript, now())


@router.get("/transcripts/{transcript}", response_class=PlainTextResponse)
async def take(transcript: UUID, session: TheSession, who: TheAccount) -> Response:
    """The text, as a file."""
    text = await transcripts.take(session, who, transcript, now())
    return PlainTextResponse(text, headers={"Content-Disposition": f'attachment; filename="{NAME}"'})
