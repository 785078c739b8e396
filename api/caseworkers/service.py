"""Who follows a person, and how to reach them: read for somebody who may know it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.hours import Hours
from api.authorities.tables import Authority, Organisation
from api.beneficiaries.tables import Beneficiary
from api.caseworkers.reaching import Absence, Reach, reach
from api.caseworkers.tables import Caseworker
from api.core.clock import paris
from api.pathways.state import State


@dataclass(frozen=True)
class Contact:
    """Somebody, or a team, that can be called."""

    name: str
    phone: str
    hours: Hours
    reach: Reach


@dataclass(frozen=True)
class Following:
    """Those who follow a person; each may be missing."""

    caseworker: Contact | None = None
    absence: Absence | None = None
    """Of the caseworker, today."""
    stand_in: Contact | None = None
    """Only during an absence, and never somebody who is away too."""
    team: Contact | None = None


async def followed_by(session: AsyncSession, person: Beneficiary, state: State, now: datetime) -> Following:
    """Who follows this person at `now`: as their journal says it, or else as their file does."""
    worker = await _worker(session, person, state)
    team = await _team(session, person, state, worker)
    if worker is None:
        return Following(team=await _team_contact(session, team, now) if team else None)
    today = paris(now).date()
    away = _absence(worker)
    away = away if away and away.covers(today) else None
    stand_in = await _present(session, worker.stand_in_id, today) if away else None
    return Following(
        caseworker=await _contact(session, worker, now),
        absence=away,
        stand_in=await _contact(session, stand_in, now) if stand_in else None,
        team=await _team_contact(session, team, now) if team else None,
    )


async def _worker(session: AsyncSession, person: Beneficiary, state: State) -> Caseworker | None:
    named = state.caseworker or person.caseworker_id
    worker = await session.get(Caseworker, named) if named else None
    if worker is None or not worker.active:
        return None
    team = await session.get_one(Organisation, worker.organisation_id)
    return worker if state.caseworker or _may_follow(team, state) else None


async def _team(
    session: AsyncSession, person: Beneficiary, state: State, worker: Caseworker | None
) -> Organisation | None:
    named = worker.organisation_id if worker else state.organisation or person.organisation_id
    team = await session.get(Organisation, named) if named else None
    return team if team and (worker or state.organisation or _may_follow(team, state)) else None


def _may_follow(team: Organisation, state: State) -> bool:
    """Whether a file that nobody has written since a move may still name this team: never one of before it."""
    return state.authority in (None, team.authority_code)


async def _present(session: AsyncSession, worker_id: UUID | None, day: date) -> Caseworker | None:
    worker = await session.get(Caseworker, worker_id) if worker_id else None
    if worker is None or not worker.active:
        return None
    absence = _absence(worker)
    return None if absence and absence.covers(day) else worker


async def _contact(session: AsyncSession, worker: Caseworker, now: datetime) -> Contact:
    team = await session.get_one(Organisation, worker.organisation_id)
    hours = worker.hours or await _hours(session, team)
    name = f"{worker.first_name} {worker.last_name}"
    return Contact(name, worker.phone, hours, reach(hours, _absence(worker), now))


async def _team_contact(session: AsyncSession, team: Organisation, now: datetime) -> Contact:
    hours = await _hours(session, team)
    return Contact(team.name, team.phone, hours, reach(hours, None, now))


async def _hours(session: AsyncSession, team: Organisation) -> Hours:
    return team.hours or (await session.get_one(Authority, team.authority_code)).hours


def _absence(worker: Caseworker) -> Absence | None:
    return Absence(worker.absent_from, worker.absent_until) if worker.absent_from else None
