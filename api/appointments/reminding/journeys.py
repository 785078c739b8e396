"""Occasions of a pathway: nobody convoked somebody within their authority's delay; a contract ends within a month."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Date, Select, cast, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from api.appointments.reminding.due import last_morning
from api.appointments.reminding.occasions import AT_ONCE, Occasion
from api.appointments.reminding.paging import pages
from api.appointments.reminding.rationing import Room, room_at
from api.appointments.tables import Appointment, Invitation, Reminder, ReminderKind
from api.beneficiaries.tables import Beneficiary
from api.core.clock import paris
from api.core.quiet_hours import next_allowed
from api.pathways.delays import ENDING_DAYS, Delay, Term
from api.pathways.service import Situation, situations
from api.pathways.tables import FactKind, PathwayFact

BEGINS = (FactKind.rights_opened, FactKind.known, FactKind.moved)
ANSWERED = (FactKind.oriented, FactKind.contract_signed, FactKind.closed)
"""Facts after which nobody waits for a first appointment any more."""
Judge = Callable[[AsyncSession, Beneficiary, Situation, datetime], Awaitable[Occasion | None]]
SHORTEST_DELAY = timedelta(weeks=4)
"""No authority has less; each one's own is read for whoever has waited so long."""


async def of_pathways(session: AsyncSession, now: datetime) -> list[Occasion]:
    """Contracts that end, then whoever was never convoked; from ten in the morning, on a permitted day."""
    today = paris(now).date()
    if next_allowed(now) != now or paris(last_morning(now)).date() != today:
        return []
    room = await room_at(session, now)
    ending = await _found(session, _ending(today), _contract_ends, room, now)
    return [*ending, *await _found(session, _waiting(today), _never_convoked, room, now)]


async def _found(
    session: AsyncSession, candidates: Select[Beneficiary], judge: Judge, room: Room, now: datetime
) -> list[Occasion]:
    """Some hundreds at most, for whom there is room: the others come again. Candidates are read by the page."""
    found: list[Occasion] = []
    async for people in pages(session, candidates, Beneficiary.id):
        hoping = [person for person in people if room.has(person.organisation_id)]
        known = await situations(session, hoping, now) if hoping else {}
        for person in hoping:
            occasion = await judge(session, person, known[person.id], now)
            if occasion and room.take(person.organisation_id):
                found.append(occasion)
        if len(found) >= AT_ONCE:
            break
    return found[:AT_ONCE]


async def _never_convoked(
    session: AsyncSession, person: Beneficiary, found: Situation, now: datetime
) -> Occasion | None:
    wait = found.wait
    if wait is None or wait.delay is not Delay.orientation or not wait.overdue:
        return None
    # A meeting that we know from the journal alone was one too.
    if found.state.held_on or await _convoked(session, person, wait.since, now):
        return None
    return _occasion(ReminderKind.never_convoked, person.id, wait.since)


async def _convoked(session: AsyncSession, person: Beneficiary, since: date, now: datetime) -> bool:
    """Whether they were given an hour since, whatever became of it, or a link that still works to choose one."""
    given = exists().where(Appointment.beneficiary_id == person.id, Appointment.starts_at >= since)
    works = or_(Invitation.expires_at.is_(None), Invitation.expires_at > now)
    link = exists().where(Invitation.beneficiary_id == person.id, Invitation.answered_at.is_(None), works)
    return bool(await session.scalar(select(or_(given, link))))


async def _contract_ends(_: AsyncSession, person: Beneficiary, found: Situation, __: datetime) -> Occasion | None:
    held = found.contract
    if held is None or held.term is not Term.ending:
        return None
    return _occasion(ReminderKind.contract_ends, person.id, held.ends_on)


def _occasion(kind: ReminderKind, person: UUID, day: date) -> Occasion:
    """Named by the day that counts: who moves begins anew, and a contract prolonged ends another day."""
    return Occasion(kind, f"{person}/{day.isoformat()}", person)


def _waiting(today: date) -> Select[Beneficiary]:
    """Those whose journal may say that they wait for their first appointment: it is read afterwards."""
    answer = aliased(PathwayFact)
    answered = exists().where(
        answer.beneficiary_id == PathwayFact.beneficiary_id,
        answer.kind.in_(ANSWERED),
        answer.happened_on >= PathwayFact.happened_on,
        answer.withdrawn.is_(False),
    )
    given = exists().where(
        Appointment.beneficiary_id == PathwayFact.beneficiary_id, Appointment.starts_at >= PathwayFact.happened_on
    )
    begun = PathwayFact.kind.in_(BEGINS), PathwayFact.happened_on < today - SHORTEST_DELAY
    return _undecided(ReminderKind.never_convoked).where(*begun, ~answered, ~given)


def _ending(today: date) -> Select[Beneficiary]:
    ends_on = cast(PathwayFact.detail["ends_on"].astext, Date)
    signed = PathwayFact.kind == FactKind.contract_signed, PathwayFact.withdrawn.is_(False)
    near = ends_on.between(today, today + timedelta(days=ENDING_DAYS))
    return _undecided(ReminderKind.contract_ends).where(*signed, near)


def _undecided(kind: ReminderKind) -> Select[Beneficiary]:
    decided = exists().where(
        Reminder.beneficiary_id == Beneficiary.id,
        Reminder.kind == kind,
        # What was learnt since is decided anew.
        Reminder.decided_at >= PathwayFact.known_at,
    )
    facts = select(Beneficiary).join(PathwayFact, PathwayFact.beneficiary_id == Beneficiary.id)
    return facts.where(~decided).distinct()
