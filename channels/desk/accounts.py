"""The accounts of an authority, for its administrators: who has one, and what becomes of it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, status

from api.caseworkers import administering, listing
from api.caseworkers.administering import Newcomer, Post
from api.core.clock import now
from channels.desk import account_schemas as schemas
from channels.desk.dependencies import TheAccount, from_desk
from channels.web.dependencies import TheSealer, TheSession, TheSettings

router = APIRouter(prefix="/desk/accounts", tags=["desk"], dependencies=[Depends(from_desk)])

NOTHING = status.HTTP_204_NO_CONTENT


def _post(sealer: TheSealer, settings: TheSettings) -> Post:
    return Post(sealer, settings.desk_url)


ThePost = Annotated[Post, Depends(_post)]


@router.get("")
async def accounts(session: TheSession, who: TheAccount) -> list[schemas.Listed]:
    """Everybody of the authority."""
    return [schemas.Listed.model_validate(one) for one in await listing.accounts_of(session, who, now())]


@router.get("/teams")
async def teams(session: TheSession, who: TheAccount) -> list[schemas.Team]:
    """Where somebody may be added."""
    return [schemas.Team.model_validate(one) for one in await listing.teams_of(session, who)]


@router.post("", status_code=NOTHING)
async def add(new: schemas.NewAccount, session: TheSession, who: TheAccount, post: ThePost) -> None:
    """A new account, invited by e-mail."""
    newcomer = Newcomer(new.first_name, new.last_name, new.email, new.phone, new.role, new.organisation)
    await administering.add(session, who, post, newcomer, now())


@router.post("/{caseworker}/invite", status_code=NOTHING)
async def invite(caseworker: UUID, session: TheSession, who: TheAccount, post: ThePost) -> None:
    """Once more: the e-mail or the password was lost."""
    await administering.invite(session, who, post, caseworker, now())


@router.post("/{caseworker}/end-sessions", status_code=NOTHING)
async def end_sessions(caseworker: UUID, session: TheSession, who: TheAccount) -> None:
    """A computer was lost."""
    await administering.end_sessions(session, who, caseworker, now())


@router.post("/{caseworker}/remove-second-factor", status_code=NOTHING)
async def remove_second_factor(caseworker: UUID, session: TheSession, who: TheAccount) -> None:
    """A telephone was lost."""
    await administering.remove_second_factor(session, who, caseworker, now())


@router.post("/{caseworker}/deactivate", status_code=NOTHING)
async def deactivate(caseworker: UUID, session: TheSession, who: TheAccount) -> None:
    """Somebody leaves."""
    await administering.deactivate(session, who, caseworker, now())


@router.post("/{caseworker}/activate", status_code=NOTHING)
async def activate(caseworker: UUID, session: TheSession, who: TheAccount) -> None:
    """Somebody comes back."""
    await administering.activate(session, who, caseworker)
