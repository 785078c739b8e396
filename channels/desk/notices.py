"""What an authority tells everybody who writes to it, for its administrators."""

from datetime import date, time
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, status
from pydantic import BaseModel, ConfigDict, StringConstraints

from api.authorities.tables import NoticeKind
from api.caseworkers import announcing
from api.caseworkers.announcing import Announced
from api.core.clock import now
from channels.desk.dependencies import TheAccount, from_desk
from channels.web.dependencies import TheSession

router = APIRouter(prefix="/desk/notices", tags=["desk"], dependencies=[Depends(from_desk)])

NOTHING = status.HTTP_204_NO_CONTENT


class Notice(BaseModel):
    """One that is not over, its days in words."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kind: NoticeKind
    text: str
    when: str
    standing: bool


class NewNotice(BaseModel):
    """What is to be told, in days and hours of Paris; `id` is the page's own: the same again is the same one."""

    id: UUID
    kind: NoticeKind
    # Longer than what is accepted, so that the refusal is ours, in French.
    text: Annotated[str, StringConstraints(max_length=10_000)]
    first_day: date
    last_day: date
    first_hour: time | None = None
    last_hour: time | None = None


@router.get("")
async def listed(session: TheSession, who: TheAccount) -> list[Notice]:
    """What is told, or will be."""
    return [Notice.model_validate(one) for one in await announcing.listed(session, who, now())]


@router.post("", status_code=NOTHING)
async def announce(new: NewNotice, session: TheSession, who: TheAccount) -> None:
    """Tell it on every page of the authority."""
    await announcing.announce(session, who, Announced(**new.model_dump()), now())


@router.post("/{notice}/end", status_code=NOTHING)
async def end(notice: UUID, session: TheSession, who: TheAccount) -> None:
    """Take it back at once."""
    await announcing.end(session, who, notice, now())
