"""SMS that did not arrive: which, why, and once more."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Depends, status
from pydantic import BaseModel, ConfigDict

from api.core.clock import now
from api.desk import undelivered
from channels.desk.dependencies import TheAccount, from_desk
from channels.web.dependencies import TheSession

router = APIRouter(prefix="/desk", tags=["desk"], dependencies=[Depends(from_desk)])


class Lost(BaseModel):
    """One of them, and why in words."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kind: str
    at: datetime
    why: str
    kept: str | None
    person: UUID | None
    name: str | None
    escalation: UUID | None


@router.get("/sms/dead")
async def listed(session: TheSession, who: TheAccount) -> list[Lost]:
    """The newest first."""
    return [Lost.model_validate(one) for one in await undelivered.listed(session, who)]


@router.post("/sms/{sms}/resend", status_code=status.HTTP_204_NO_CONTENT)
async def resend(sms: UUID, session: TheSession, who: TheAccount) -> None:
    """Asked twice, it goes once."""
    await undelivered.resend(session, who, sms, now())
