"""A call back is promised only when somebody is there to call."""

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from api.authorities.opening import is_open
from api.core.clock import PARIS
from api.escalations import callbacks
from api.texts.schemas import plain

DAY = [["08:30", "12:00"], ["13:30", "17:00"]]
WEEK = {"mon": DAY, "tue": DAY, "wed": DAY, "thu": DAY, "fri": DAY}
NOW = datetime(2026, 11, 27, 11, 40, tzinfo=PARIS)  # a Friday


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=PARIS)


def test_the_next_half_days_are_offered() -> None:
    assert callbacks.windows(WEEK, NOW) == [
        (at("2026-11-27T13:30"), at("2026-11-27T17:00")),
        (at("2026-11-30T08:30"), at("2026-11-30T12:00")),
        (at("2026-11-30T13:30"), at("2026-11-30T17:00")),
    ]


def test_a_wish_is_kept_to_the_hours_of_the_service() -> None:
    assert callbacks.within(WEEK, (at("2026-11-30T08:00"), at("2026-11-30T12:00")), NOW) == (
        at("2026-11-30T08:30"),
        at("2026-11-30T12:00"),
    )


def test_an_afternoon_is_not_the_end_of_the_morning() -> None:
    lunch = {"mon": [["09:00", "12:30"], ["13:30", "17:30"]]}
    noon = at("2026-11-30T12:00")
    assert callbacks.within(lunch, (noon, at("2026-11-30T18:00")), NOW) == (
        at("2026-11-30T13:30"),
        at("2026-11-30T17:30"),
    )
    assert callbacks.within(lunch, (noon, at("2026-11-30T13:00")), NOW) == (noon, at("2026-11-30T12:30"))


def test_nobody_calls_in_the_evening_or_on_a_sunday() -> None:
    assert callbacks.within(WEEK, (at("2026-11-30T18:00"), at("2026-11-30T20:00")), NOW) is None
    assert callbacks.within(WEEK, (at("2026-11-29T08:00"), at("2026-11-29T20:00")), NOW) is None
    assert callbacks.windows({}, NOW) == []


def test_a_button_carries_what_it_shows_and_rubbish_is_nothing() -> None:
    windows = callbacks.windows(WEEK, NOW)
    offered = plain(callbacks.items(windows))
    assert [callbacks.chosen(offered, one["id"]) for one in offered] == windows
    for rubbish in (None, "", "0", "4", "2026-11-30", "x"):
        assert callbacks.chosen(offered, rubbish) is None


@given(st.datetimes(at("2026-01-01").replace(tzinfo=None), at("2027-12-31").replace(tzinfo=None)))
def test_whatever_the_moment_somebody_is_there(moment: datetime) -> None:
    for first, last in callbacks.windows(WEEK, moment.replace(tzinfo=PARIS)):
        assert is_open(WEEK, first)
        assert first < last
