"""The journal, for auditors: who looked at whose file, and when."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from api.desk.auditing import PAGE, Wanted, journal
from channels.desk import account_schemas as schemas
from channels.desk.dependencies import TheAccount, from_desk
from channels.web.dependencies import TheSession

router = APIRouter(prefix="/desk", tags=["desk"], dependencies=[Depends(from_desk)])

LAST_PAGE = 10_000


@router.get("/journal")
async def looks(
    session: TheSession,
    who: TheAccount,
    caseworker: UUID | None = None,
    since: Annotated[date | None, Query(alias="from")] = None,
    until: date | None = None,
    page: Annotated[int, Query(ge=1, le=LAST_PAGE)] = 1,
) -> schemas.Journal:
    """Of one's authority, the last first, fifty at a time."""
    wanted = Wanted(caseworker, since, until)
    return schemas.Journal.model_validate(await journal(session, who, wanted, (page - 1) * PAGE))
