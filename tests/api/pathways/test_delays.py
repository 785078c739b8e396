"""The delays of the authority, and the term of a contract, on a given day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.pathways.delays import Contract, Delay, Limits, Term, Wait, contract, wait
from api.pathways.state import Stage, State

LIMITS = Limits(orientation_weeks=6, contract_sign_months=1)
TODAY = date(2026, 11, 25)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "overdue"), [(0, False), (41, False), (42, False), (43, True), (47, True)], ids=lambda value: str(value)
)
@pytest.mark.parametrize("stage", [Stage.waiting, Stage.moved])
def test_six_weeks_are_over_the_day_after_their_last(stage: Stage, days: int, overdue: bool) -> None:
    due_on = ago(days) + timedelta(days=42)

    assert wait(State(stage, ago(days)), TODAY, LIMITS) == Wait(Delay.orientation, ago(days), days, due_on, overdue)


@pytest.mark.parametrize(
    ("notified", "due"),
    [
        (date(2026, 10, 25), date(2026, 11, 25)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 30), date(2028, 2, 29)),
        (date(2026, 12, 15), date(2027, 1, 15)),
        (date(2026, 8, 31), date(2026, 9, 30)),
    ],
)
def test_a_month_ends_on_the_same_day_of_the_next_or_on_its_last(notified: date, due: date) -> None:
    for today, overdue in ((due, False), (due + timedelta(days=1), True)):
        found = wait(State(Stage.to_sign, notified), today, LIMITS)

        assert found == Wait(Delay.contract, notified, (today - notified).days, due, overdue)


@pytest.mark.parametrize(
    "stage", [Stage.unknown, Stage.oriented, Stage.contract, Stage.ended, Stage.closed], ids=lambda stage: str(stage)
)
def test_at_other_stages_the_authority_owes_nothing_by_a_date(stage: Stage) -> None:
    assert wait(State(stage, ago(400)), TODAY, LIMITS) is None


def test_the_limits_are_those_of_the_authority() -> None:
    found = wait(State(Stage.waiting, ago(47)), TODAY, Limits(orientation_weeks=8, contract_sign_months=2))

    assert found
    assert not found.overdue


@pytest.mark.parametrize(
    ("left", "term", "days"),
    [
        (200, Term.running, 200),
        (31, Term.running, 31),
        (30, Term.ending, 30),
        (0, Term.ending, 0),
        (-1, Term.ended, 0),
        (-10, Term.ended, 0),
    ],
)
def test_a_contract_ends_after_its_last_day(left: int, term: Term, days: int) -> None:
    ends_on = TODAY + timedelta(days=left)
    state = State(Stage.contract, ago(100), signed_on=ago(100), ends_on=ends_on)

    assert contract(state, TODAY) == Contract(term, ends_on, days)


def test_a_contract_that_was_ended_before_its_date_ended_that_day() -> None:
    assert contract(State(Stage.ended, ago(10)), TODAY) == Contract(Term.ended, ago(10), 0)


@pytest.mark.parametrize("stage", [Stage.unknown, Stage.waiting, Stage.to_sign, Stage.moved, Stage.closed])
def test_who_never_signed_or_is_no_longer_followed_has_no_contract(stage: Stage) -> None:
    assert contract(State(stage, ago(10), ends_on=ago(2)), TODAY) is None


@given(st.dates(date(2025, 1, 1), date(2035, 12, 31)), st.integers(1, 12))
def test_a_delay_in_months_always_ends_in_the_month_it_should(notified: date, months: int) -> None:
    found = wait(State(Stage.to_sign, notified), TODAY, Limits(6, months))

    assert found
    assert (found.due_on.year - notified.year) * 12 + found.due_on.month - notified.month == months
    assert found.due_on.day == notified.day or (found.due_on + timedelta(days=1)).day == 1
