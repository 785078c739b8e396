"""Ready-made texts: one's own, a team's, an authority's; and those that fit a request, filled in."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, status
from pydantic import BaseModel, ConfigDict, StringConstraints

from api.core.clock import now
from api.desk import ready_texts
from api.desk.ready_texts import Scope
from channels.desk.dependencies import TheAccount, from_desk
from channels.desk.schemas import Words
from channels.web.dependencies import TheSession

router = APIRouter(prefix="/desk", tags=["desk"], dependencies=[Depends(from_desk)])

NOTHING = status.HTTP_204_NO_CONTENT


class Written(BaseModel):
    """A text as its author writes it, with its variables in braces."""

    scope: Scope
    title: Annotated[str, StringConstraints(max_length=400)]
    text: Words


class ReadyText(BaseModel):
    """A text to begin an answer with; `editable` by whoever asks."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    scope: Scope
    title: str
    text: str
    editable: bool


class Stored(BaseModel):
    """Its id."""

    id: UUID


@router.get("/escalations/{escalation}/ready-texts")
async def fitting(escalation: UUID, session: TheSession, who: TheAccount) -> list[ReadyText]:
    """With their variables filled in."""
    return [ReadyText.model_validate(one) for one in await ready_texts.filled(session, who, escalation, now())]


@router.get("/ready-texts")
async def listed(session: TheSession, who: TheAccount) -> list[ReadyText]:
    """As they are written."""
    return [ReadyText.model_validate(one) for one in await ready_texts.reachable(session, who)]


@router.post("/ready-texts", status_code=status.HTTP_201_CREATED)
async def write(written: Written, session: TheSession, who: TheAccount) -> Stored:
    """A new one; the same again is the same one."""
    text = ready_texts.Draft(written.scope, written.title, written.text)
    return Stored(id=await ready_texts.write(session, who, text))


@router.put("/ready-texts/{text}", status_code=NOTHING)
async def rewrite(text: UUID, written: Written, session: TheSession, who: TheAccount) -> None:
    """Other words, or another scope."""
    draft = ready_texts.Draft(written.scope, written.title, written.text)
    await ready_texts.rewrite(session, who, text, draft)


@router.delete("/ready-texts/{text}", status_code=NOTHING)
async def remove(text: UUID, session: TheSession, who: TheAccount) -> None:
    """It is offered no more."""
    await ready_texts.remove(session, who, text)
