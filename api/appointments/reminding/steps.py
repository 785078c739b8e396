"""Steps of a pathway that were due, and of which nothing was heard since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Date, Select, cast, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.reminding import telling
from api.appointments.reminding.occasions import AT_ONCE
from api.appointments.reminding.paging import pages
from api.beneficiaries.tables import Beneficiary
from api.core.clock import paris
from api.escalations.tables import Escalation, Kind
from api.pathways.facts import Fact
from api.pathways.journal import facts_of, journals_of
from api.pathways.state import Stage, derive
from api.pathways.tables import FactKind, PathwayFact

SILENT_FOR = timedelta(days=7)
"""What was done is written down within a week, as what became of an appointment is."""
TOO_OLD = timedelta(days=90)
"""A journal that is read for the first time holds steps that nobody looks for any more."""


@dataclass(frozen=True)
class SilentStep:
    """The step that somebody was to do next, and its day."""

    person_id: UUID
    title: str
    due_on: date


async def silent_steps(session: AsyncSession, now: datetime) -> list[SilentStep]:
    """Those of which nobody was told yet: some hundreds at most, the next look takes the others."""
    found: list[SilentStep] = []
    async for people in pages(session, _candidates(now), PathwayFact.beneficiary_id):
        journals = await journals_of(session, people)
        found += [step for one in people if (step := _silent(one, journals[one], now))]
        if len(found) >= AT_ONCE:
            break
    return found[:AT_ONCE]


async def tell(session: AsyncSession, step: SilentStep, now: datetime) -> bool:
    """Tell the service, if it is still silent and nobody told it; whether it was told here."""
    # One at a time in a journal, and so one who tells of it.
    person = await session.get(Beneficiary, step.person_id, with_for_update={"key_share": True})
    if person is None or _silent(person.id, await facts_of(session, person.id), now) != step:
        return False
    if await _told(session, step):
        return False
    await telling.silent_step(session, person, step.title, step.due_on, now)
    return True


def _silent(person_id: UUID, journal: Sequence[Fact], now: datetime) -> SilentStep | None:
    state = derive(journal)
    step = state.step
    if step is None or step.due_on is None or state.stage is Stage.closed:
        return None
    silent_since, _ = _span(now)
    return SilentStep(person_id, step.title, step.due_on) if step.due_on <= silent_since else None


def _candidates(now: datetime) -> Select[UUID]:
    last, first = _span(now)
    due_on = cast(PathwayFact.detail["due_on"].astext, Date)
    planned = PathwayFact.kind == FactKind.step_planned, PathwayFact.withdrawn.is_(False)
    told = exists().where(
        Escalation.beneficiary_id == PathwayFact.beneficiary_id,
        Escalation.reason == telling.NOTICED,
        Escalation.kind == Kind.to_know,
        cast(Escalation.created_at, Date) >= due_on + SILENT_FOR,
    )
    return select(PathwayFact.beneficiary_id).where(*planned, due_on.between(first, last), ~told).distinct()


async def _told(session: AsyncSession, step: SilentStep) -> bool:
    """Whether it was told of before, closed since or not: by its very words."""
    said = telling.silent_line(step.title, step.due_on)
    mine = exists().where(Escalation.beneficiary_id == step.person_id, Escalation.line == said)
    return bool(await session.scalar(select(mine)))


def _span(now: datetime) -> tuple[date, date]:
    """The last and the first day on which a step may have been due that is to be told of now."""
    today = paris(now).date()
    return today - SILENT_FOR, today - TOO_OLD
