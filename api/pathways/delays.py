"""The delays of a pathway: those that the law sets to the authority, and the term of the person's contract."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from api.pathways.state import Stage, State

ENDING_DAYS = 30
"""A contract that ends within a month is to be renewed now: that takes an appointment."""


@dataclass(frozen=True)
class Limits:
    """What the law grants an authority: values of `data/reference/facts/`."""

    orientation_weeks: int
    contract_sign_months: int


class Delay(StrEnum):
    """What an authority owes within a delay."""

    orientation = "orientation"
    contract = "contract"


@dataclass(frozen=True)
class Wait:
    """A delay that runs."""

    delay: Delay
    since: date
    days: int
    """That the person has waited, none on the first day."""
    due_on: date
    """Last day of the delay."""
    overdue: bool


class Term(StrEnum):
    """How a contract that was signed stands today."""

    running = "running"
    ending = "ending"
    ended = "ended"


@dataclass(frozen=True)
class Contract:
    """A contract, and the day that counts."""

    term: Term
    ends_on: date
    """Last day; the day on which it was ended, if that came before."""
    days_left: int
    """Days until its last day: none on that day, and after it."""


def wait(state: State, today: date, limits: Limits) -> Wait | None:
    """The delay of the authority that runs on `today` (in Brittany); None when it owes nothing by a date."""
    if state.since is None:
        return None
    match state.stage:
        case Stage.waiting | Stage.moved:
            due_on = state.since + timedelta(weeks=limits.orientation_weeks)
            return _wait(Delay.orientation, state.since, due_on, today)
        case Stage.to_sign:
            due_on = state.since + relativedelta(months=limits.contract_sign_months)
            return _wait(Delay.contract, state.since, due_on, today)
        case _:
            return None


def contract(state: State, today: date) -> Contract | None:
    """The contract of somebody who has or had one; None for the others, and for a pathway that is closed."""
    if state.stage is Stage.ended and state.since:
        return Contract(Term.ended, state.since, 0)
    if state.stage is not Stage.contract or state.ends_on is None:
        return None
    left = (state.ends_on - today).days
    term = Term.ended if left < 0 else Term.ending if left <= ENDING_DAYS else Term.running
    return Contract(term, state.ends_on, max(left, 0))


def _wait(delay: Delay, since: date, due_on: date, today: date) -> Wait:
    return Wait(delay, since, (today - since).days, due_on, today > due_on)
