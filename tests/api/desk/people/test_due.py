"""What is due for somebody is decided from days, and each due thing says itself in words."""

from datetime import date, timedelta
from typing import Any

import pytest

from api.appointments.tables import Status
from api.core.clock import PARIS
from api.desk.people.due import Followed, Meeting, What, due
from api.desk.people.numbers import Bar
from api.pathways.state import Stage, State
from tests.api.desk.conftest import NOW
from tests.api.desk.people.conftest import ago

TODAY = NOW.astimezone(PARIS).date()
SEEN_YESTERDAY = [Meeting(ago(1), Status.seen)]
SIGNED: dict[str, Any] = {"stage": Stage.contract, "since": TODAY - timedelta(days=90)}


def known(meetings: list[Meeting] | None = None, state: State | None = None, **given: Any) -> Followed:
    return Followed(state or State(), SEEN_YESTERDAY if meetings is None else meetings, **given)


def whats(follow_up: Followed) -> list[What]:
    return [one.what for one in due(follow_up, NOW)]


def test_nothing_is_due_for_whoever_was_seen_yesterday() -> None:
    assert due(known(), NOW) == []


@pytest.mark.parametrize(("days", "expected"), [(31, []), (30, [What.contract]), (0, [What.contract])])
def test_a_contract_is_due_in_its_last_thirty_days(days: int, expected: list[What]) -> None:
    ends_on = TODAY + timedelta(days=days)
    found = due(known(state=State(**SIGNED, ends_on=ends_on)), NOW)
    assert [one.what for one in found] == expected
    assert all("jusqu'au" in one.label and str(ends_on.year) in one.label for one in found)


def test_a_contract_that_has_run_its_time_stays_due() -> None:
    [found] = due(known(state=State(**SIGNED, ends_on=date(2026, 11, 1))), NOW)
    assert found.label == "Contrat fini le 1er novembre 2026"


def test_a_contract_that_was_ended_before_is_not_ending() -> None:
    assert whats(known(state=State(stage=Stage.ended, since=TODAY - timedelta(days=3)))) == []


@pytest.mark.parametrize("status", [Status.seen, Status.unknown])
@pytest.mark.parametrize(("days", "expected"), [(59, []), (60, [What.no_appointment])])
def test_sixty_days_without_an_appointment_are_too_many(days: int, status: Status, expected: list[What]) -> None:
    assert whats(known([Meeting(ago(days), status)])) == expected


@pytest.mark.parametrize("status", [Status.excused, Status.revoked])
def test_a_cancelled_appointment_is_none(status: Status) -> None:
    assert whats(known([Meeting(ago(90), Status.seen), Meeting(ago(10), status)])) == [What.no_appointment]
    assert whats(known([Meeting(ago(90), Status.seen), Meeting(ago(-10), status)])) == [What.no_appointment]


def test_an_appointment_to_come_settles_what_was_missed_and_what_was_long_ago() -> None:
    assert whats(known([Meeting(ago(90), Status.noshow)])) == [What.no_appointment, What.missed]
    assert whats(known([Meeting(ago(90), Status.noshow), Meeting(ago(-3), Status.unknown)])) == []


def test_what_was_missed_before_one_was_held_is_not_due() -> None:
    assert whats(known([Meeting(ago(9), Status.noshow), Meeting(ago(2), Status.seen)])) == []


def test_whoever_is_followed_for_a_week_is_not_forgotten_for_sixty_days() -> None:
    newly = State(stage=Stage.oriented, since=TODAY - timedelta(days=200), followed_since=TODAY - timedelta(days=7))
    assert whats(known([], newly)) == []
    assert whats(known([])) == [What.no_appointment]


@pytest.mark.parametrize(("days", "expected"), [(6.9, []), (7, [What.no_answer])])
def test_after_seven_days_no_answer_is_one(days: float, expected: list[What]) -> None:
    assert whats(known(written_at=ago(days))) == expected


@pytest.mark.parametrize("bar", list(Bar))
def test_a_file_that_is_as_it_should_be_needs_no_other_number(bar: Bar) -> None:
    expected = [] if bar in (Bar.confidential, Bar.shared) else [What.unreachable]
    assert whats(known(bar=bar)) == expected


def test_nothing_is_due_once_a_pathway_is_closed() -> None:
    assert whats(known([], State(stage=Stage.closed), bar=Bar.dead, written_at=ago(30))) == []
