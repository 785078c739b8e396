"""What we start reaches a telephone on a working day or a Saturday, by day."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.core.clock import PARIS
from api.core.public_holidays import is_holiday
from api.core.quiet_hours import last_allowed, next_allowed


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("asked", "allowed"),
    [
        pytest.param("2026-11-25 08:00", "2026-11-25 08:00", id="a working day, from eight"),
        pytest.param("2026-11-25 19:59", "2026-11-25 19:59", id="until eight in the evening"),
        pytest.param("2026-11-25 20:00", "2026-11-26 08:00", id="the evening waits for the morning"),
        pytest.param("2026-11-25 03:00", "2026-11-25 08:00", id="so does the night"),
        pytest.param("2026-11-28 10:00", "2026-11-28 10:00", id="Saturday is a day"),
        pytest.param("2026-11-28 21:00", "2026-11-30 08:00", id="Sunday is not"),
        pytest.param("2026-11-29 12:00", "2026-11-30 08:00", id="not even at noon"),
        pytest.param("2026-12-24 22:00", "2026-12-26 08:00", id="nor a public holiday"),
        pytest.param("2027-05-01 09:00", "2027-05-03 08:00", id="nor one before a Sunday"),
        pytest.param("2026-10-24 21:00", "2026-10-26 08:00", id="when the hour changes"),
    ],
)
def test_when_it_may_go(asked: str, allowed: str) -> None:
    assert next_allowed(at(asked)) == at(allowed)


@given(
    st.integers(0, 4 * 365 * 24 * 60).map(
        lambda minutes: at("2026-01-01 00:00").astimezone(UTC) + timedelta(minutes=minutes)
    )
)
def test_it_never_goes_earlier_nor_in_quiet_hours_and_is_asked_for_once(moment: datetime) -> None:
    allowed = next_allowed(moment)
    local = allowed.astimezone(PARIS)
    assert moment <= allowed <= moment + timedelta(days=5)
    assert 8 <= local.hour < 20
    assert local.weekday() != 6
    assert not is_holiday(local.date())
    assert next_allowed(allowed) == allowed


@given(st.integers(0, 2 * 365 * 24 * 60))
def test_the_last_permitted_second_is_permitted_and_nothing_was_between(minutes: int) -> None:
    moment = at("2026-01-01 00:00").astimezone(UTC) + timedelta(minutes=minutes)
    last = last_allowed(moment)
    assert next_allowed(last) == last <= moment
    assert last == moment or next_allowed(last + timedelta(seconds=1)) > moment
