from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.appointments.outlook import Visit, is_today, outlook
from api.appointments.tables import LocationType, Status
from api.core.clock import PARIS

NOON = datetime(2026, 12, 1, 12, tzinfo=PARIS)
TODAY, NEXT, NONE = "appointment_today", "appointment_next", "appointment_none"
BY_SERVICE, BY_YOU = "appointment_cancelled_by_service", "appointment_cancelled_by_you"
LATE = "appointment_status_unknown"


def visit(starts_at: datetime, status: Status = Status.unknown, minutes: int = 30) -> Visit:
    return Visit(starts_at, minutes, status, "rendez-vous de suivi", LocationType.public_office, "+33261910010")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("rule", "visits", "verdict"),
    [
        ("nobody has an appointment", [], NONE),
        ("this afternoon is today", [visit(at(1, 14))], TODAY),
        ("tomorrow is the next one", [visit(at(2, 9))], NEXT),
        ("in progress is today's", [visit(at(1, 11, 45))], TODAY),
        ("its very last minute still counts", [visit(at(1, 11, 30))], TODAY),
        ("over a minute ago: only its lateness is told", [visit(at(1, 11, 29))], LATE),
        ("this morning's is over, tomorrow's is next", [visit(at(1, 8)), visit(at(2, 9))], NEXT),
        ("held this morning, nothing comes", [visit(at(1, 8), Status.seen)], NONE),
        ("missed this morning is not told", [visit(at(1, 8), Status.noshow)], NONE),
        ("today's was cancelled by the service", [visit(at(1, 14), Status.revoked)], BY_SERVICE),
        ("today's was cancelled by the person", [visit(at(1, 14), Status.excused)], BY_YOU),
        ("cancelled and already over is not told", [visit(at(1, 8), Status.revoked)], NONE),
        ("cancelled before a valid one: the valid one", [visit(at(2, 9), Status.revoked), visit(at(3, 9))], NEXT),
        ("cancelled counts before what is late", [visit(at(1, 8)), visit(at(3, 9), Status.excused)], BY_YOU),
        ("unknown for six days is late", [visit(at(1, 8) - timedelta(days=6))], LATE),
        ("unknown for eight days is forgotten", [visit(at(1, 8) - timedelta(days=8))], NONE),
    ],
)
def test_the_verdict_comes_from_times_and_statuses(rule: str, visits: list[Visit], verdict: str) -> None:
    assert outlook(visits, NOON).verdict == verdict, rule


@pytest.mark.parametrize(
    ("rule", "starts_at", "now", "expected"),
    [
        ("half past midnight in Paris is the day before in UTC", at(2, 0, 30), at(1, 23, 50), False),
        ("the same instant, once midnight has passed", at(2, 9), at(2, 0, 10), True),
        ("23:30 UTC is tomorrow in Paris", datetime(2026, 12, 1, 23, 30, tzinfo=UTC), at(1, 22), False),
        (
            "the night of 25 October 2026 has 25 hours",
            datetime(2026, 10, 25, 22, 30, tzinfo=UTC),
            datetime(2026, 10, 24, 22, 30, tzinfo=UTC),
            True,
        ),
        (
            "before that night, 22:30 UTC is already the next day",
            datetime(2026, 10, 25, 9, tzinfo=PARIS),
            datetime(2026, 10, 24, 21, 30, tzinfo=UTC),
            False,
        ),
        (
            "the night of 28 March 2027 has 23 hours",
            datetime(2027, 3, 28, 21, 45, tzinfo=UTC),
            datetime(2027, 3, 27, 23, 15, tzinfo=UTC),
            True,
        ),
        (
            "the day after it begins at 22:00 UTC",
            datetime(2027, 3, 28, 22, 15, tzinfo=UTC),
            datetime(2027, 3, 28, 9, tzinfo=UTC),
            False,
        ),
    ],
)
def test_today_is_the_day_in_brittany(rule: str, starts_at: datetime, now: datetime, expected: bool) -> None:
    assert is_today(visit(starts_at), now) is expected, rule
    assert outlook([visit(starts_at)], now).verdict == (TODAY if expected else NEXT), rule


@pytest.mark.parametrize("written", [datetime(2026, 10, 25, 2, 30, tzinfo=PARIS, fold=fold) for fold in (0, 1)])
def test_the_hour_that_comes_twice_ends_half_an_hour_after_it_began(written: datetime) -> None:
    start = written.astimezone(UTC)

    assert outlook([visit(start)], start + timedelta(minutes=29)).verdict == TODAY
    assert outlook([visit(start)], start + timedelta(minutes=31)).verdict == LATE


def test_the_hour_that_is_skipped_does_not_lengthen_an_appointment() -> None:
    start = datetime(2027, 3, 28, 1, 45, tzinfo=PARIS)

    assert visit(start).ends_at.astimezone(UTC) - start.astimezone(UTC) == timedelta(minutes=30)


def test_the_cancelled_one_that_would_have_come_first_is_told_with_the_valid_one() -> None:
    cancelled, valid = visit(at(2, 9), Status.revoked), visit(at(3, 9))

    assert outlook([cancelled, valid], NOON).cancelled == cancelled
    assert outlook([valid, replace(cancelled, starts_at=at(4, 9))], NOON).cancelled is None


def test_at_most_three_come_after_and_only_valid_ones() -> None:
    days = [visit(at(day, 9)) for day in range(2, 9)]
    cancelled = visit(at(3, 8), Status.excused)

    assert outlook([days[0], cancelled, *days[1:]], NOON).later == tuple(days[1:4])


STATUSES = st.sampled_from(Status)
MINUTES = st.integers(-20 * 24 * 60, 20 * 24 * 60)


@given(st.lists(st.tuples(MINUTES, STATUSES, st.integers(5, 600))))
def test_what_stands_is_the_soonest_that_is_not_over(drawn: list[tuple[int, Status, int]]) -> None:
    visits = sorted(
        (visit(NOON + timedelta(minutes=start), status, lasts) for start, status, lasts in drawn),
        key=lambda made: made.starts_at,
    )
    coming = [made for made in visits if made.status is Status.unknown and made.ends_at >= NOON]

    found = outlook(visits, NOON)

    assert found.stands is bool(coming)
    assert not coming or found.visit == coming[0]


@given(st.lists(st.tuples(st.integers(-20 * 24 * 60, -601), STATUSES)))
def test_nothing_past_is_ever_called_cancelled_or_to_come(drawn: list[tuple[int, Status]]) -> None:
    visits = sorted(
        (visit(NOON + timedelta(minutes=start), status) for start, status in drawn), key=lambda made: made.starts_at
    )

    assert outlook(visits, NOON).verdict in (NONE, LATE)
