"""A supervisor's page: the team's load, who is away, who takes over; and where requests may be passed on to."""

from datetime import date, datetime
from uuid import UUID

from fastapi import APIRouter, Depends, status
from pydantic import BaseModel, ConfigDict, Field

from api.caseworkers.reaching import Absence
from api.caseworkers.tables import Role
from api.core.clock import now
from api.desk import colleagues, team
from channels.desk.dependencies import TheAccount, from_desk
from channels.desk.schemas import Item, Named
from channels.web.dependencies import TheSession

router = APIRouter(prefix="/desk", tags=["desk"], dependencies=[Depends(from_desk)])


class OtherTeam(Named):
    """Where a request may go."""

    authority: str


class Member(Named):
    """One who answers, or who left with something, and how much is theirs."""

    role: Role
    active: bool
    absent_from: date | None
    absent_until: date | None
    stand_in: Named | None
    open: int
    late: int
    unread: int
    waiting_oldest: datetime | None


class Team(BaseModel):
    """Everybody, and what is late."""

    model_config = ConfigDict(from_attributes=True)

    members: list[Member]
    late: list[Item]
    unassigned: int


class SmsMonth(BaseModel):
    """Of the authority; `price` in thousandths of a euro, of the segments whose price is known."""

    month: date
    messages: int
    segments: int
    unpriced: int
    price: int


class Away(BaseModel):
    """Days away, both included; without `from`: here again."""

    since: date | None = Field(None, alias="from")
    until: date | None = None
    stand_in: UUID | None = None


class HandingOver(BaseModel):
    """To whom."""

    to: UUID


class Moved(BaseModel):
    """How many requests."""

    moved: int


@router.get("/organisations")
async def organisations(session: TheSession, who: TheAccount) -> list[OtherTeam]:
    """Where requests may be passed on to."""
    return [OtherTeam.model_validate(one) for one in await colleagues.other_teams(session, who)]


@router.get("/team")
async def load(session: TheSession, who: TheAccount) -> Team:
    """Who has how much."""
    return Team.model_validate(await team.team(session, who))


@router.get("/team/sms")
async def sms(session: TheSession, who: TheAccount) -> list[SmsMonth]:
    """What SMS cost, the newest month first."""
    return [SmsMonth(month=month, **vars(one)) for month, one in (await team.sms(session, who)).items()]


@router.put("/team/{caseworker}/absence", status_code=status.HTTP_204_NO_CONTENT)
async def absence(caseworker: UUID, away: Away, session: TheSession, who: TheAccount) -> None:
    """When somebody is away, and who stands in."""
    days = Absence(away.since, away.until) if away.since else None
    await team.set_absence(session, who, caseworker, days, away.stand_in)


@router.post("/team/{caseworker}/hand-over")
async def hand_over(caseworker: UUID, over: HandingOver, session: TheSession, who: TheAccount) -> Moved:
    """All of a colleague's conversations, to another."""
    return Moved(moved=await team.hand_over(session, who, caseworker, over.to, now()))
