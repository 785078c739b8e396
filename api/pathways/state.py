"""Where somebody stands, derived from their journal and stored nowhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import takewhile
from uuid import UUID

from api.pathways.facts import Episode, Fact, episode
from api.pathways.tables import FactKind


class Stage(StrEnum):
    """Where a pathway is."""

    unknown = "unknown"
    """Nothing is known that tells it."""
    waiting = "waiting"
    """The authority has not yet decided which team follows the person."""
    oriented = "oriented"
    """Decided; that the person was told is not known."""
    to_sign = "to_sign"
    """Told: the contract is to be written."""
    contract = "contract"
    """Signed. Whether its last day has passed is for whoever knows what day it is (`delays.py`)."""
    ended = "ended"
    """The contract was ended before its date."""
    moved = "moved"
    """Another authority follows the person, and has decided nothing yet."""
    closed = "closed"


@dataclass(frozen=True)
class Step:
    """Something to do next."""

    title: str
    due_on: date | None


@dataclass(frozen=True)
class State:
    """What the journal says now. After a move, nothing from before it."""

    stage: Stage = Stage.unknown
    since: date | None = None
    """The day that began the stage; for whoever waits, the day from which their authority's weeks are counted."""
    authority: str | None = None
    """Code of the authority that somebody moved to; None: they never moved."""
    path: str | None = None
    """social, professional or socio_professional."""
    organisation: UUID | None = None
    """Towards which they were oriented."""
    notified_on: date | None = None
    caseworker: UUID | None = None
    followed_since: date | None = None
    changed: bool = False
    """Whether another caseworker followed the person before."""
    signed_on: date | None = None
    """Of the contract that runs or has run its time; None once it was ended before."""
    ends_on: date | None = None
    step: Step | None = None
    held_on: date | None = None
    """Last appointment that took place."""


def derive(facts: Iterable[Fact]) -> State:
    """Where the person of this journal stands."""
    now = episode(facts)
    stage, began = _stage(now)
    oriented, signed = now.last(FactKind.oriented), _signed(now)
    caseworker, followed_since, changed = _followed(now)
    return State(
        stage=stage,
        since=_day(began),
        authority=now.authority,
        path=oriented.detail["path"] if oriented else None,
        organisation=UUID(oriented.detail["organisation"]) if oriented else None,
        notified_on=_day(_notified(now)),
        caseworker=caseworker,
        followed_since=followed_since,
        changed=changed,
        signed_on=_day(signed),
        ends_on=_written(signed.detail["ends_on"]) if signed else None,
        step=_next_step(now),
        held_on=_day(now.last(FactKind.appointment_held)),
    )


def _stage(now: Episode) -> tuple[Stage, Fact | None]:
    """The farthest stage that was reached, and the fact that began it."""
    decided = now.last(FactKind.oriented, FactKind.contract_ended)
    reached = (
        (Stage.closed, now.first(FactKind.closed)),
        (Stage.contract, _signed(now)),
        (Stage.to_sign, _notified(now)),
        (Stage.oriented, decided if decided and decided.kind is FactKind.oriented else None),
        (Stage.ended, decided),
        (Stage.moved, now.facts[0] if now.facts and now.facts[0].kind is FactKind.moved else None),
        (Stage.waiting, now.first(FactKind.known) or now.first(FactKind.rights_opened)),
    )
    return next(((stage, began) for stage, began in reached if began), (Stage.unknown, None))


def _signed(now: Episode) -> Fact | None:
    agreed = now.last(FactKind.contract_signed, FactKind.contract_ended)
    return agreed if agreed and agreed.kind is FactKind.contract_signed else None


def _notified(now: Episode) -> Fact | None:
    """When the person was told of the orientation that holds; told again, their month does not begin again."""
    return now.after(now.last(FactKind.oriented, FactKind.contract_ended)).first(FactKind.notified)


def _followed(now: Episode) -> tuple[UUID | None, date | None, bool]:
    """Who follows the person, since when, and whether somebody else did before."""
    named = [(fact.detail["caseworker"], fact.happened_on) for fact in now.facts if fact.kind is FactKind.assigned]
    if not named:
        return None, None, False
    current = named[-1][0]
    theirs = list(takewhile(lambda one: one[0] == current, reversed(named)))
    return UUID(current), theirs[-1][1], len(theirs) < len(named)


def _next_step(now: Episode) -> Step | None:
    """Of the steps planned and not done since, the one due first; those without a date come last."""
    planned: dict[str, Fact] = {}
    for fact in now.facts:
        if fact.kind is FactKind.step_planned:
            planned[fact.detail["step"]] = fact
        elif fact.kind is FactKind.step_done:
            planned.pop(fact.detail["step"], None)
    steps = [Step(fact.detail["title"], _written(fact.detail.get("due_on"))) for fact in planned.values()]
    return min(steps, key=lambda step: (step.due_on or date.max, step.title), default=None)


def _day(fact: Fact | None) -> date | None:
    return fact.happened_on if fact else None


def _written(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None
