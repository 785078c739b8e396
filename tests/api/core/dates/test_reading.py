"""Days and hours are read as people mean them: each line of dates.tsv. Now is Wednesday 25 November 2026, 10:00."""

import csv
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from api.core.clock import PARIS
from api.core.dates import Limit, Reading, read
from api.core.dates.counting import exact

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=PARIS)
TODAY = NOW.date()
with (Path(__file__).parents[1] / "dates.tsv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file, delimiter="\t"))
WORDS = sorted({word for case in CASES for word in case["text"].split()})


def told(reading: Reading) -> dict[str, str]:
    """As the table says it: days "a..b" when there are several, " ou " between spans; hours "a-b"."""
    days = [first.isoformat() if first == last else f"{first}..{last}" for first, last in reading.spans]
    hours = f"{reading.hours[0]:%H:%M}-{reading.hours[1]:%H:%M}" if reading.hours else ""
    return {"days": " ou ".join(days), "hours": hours, "limit": str(reading.limit or "")}


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_time_is_read_as_people_mean_it(case: dict[str, str]) -> None:
    assert told(read(case["text"], NOW)) == {name: case[name] for name in ("days", "hours", "limit")}


def test_the_table_is_large_enough_to_choose_a_library_by() -> None:
    assert len({case["text"] for case in CASES}) >= 150


@given(st.text(max_size=80) | st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join))
def test_no_text_breaks_it_and_spans_go_forward(text: str) -> None:
    assert all(first <= last for first, last in read(text, NOW).spans)


@given(st.integers(0, 180), st.sampled_from(["le {0}", "avant le {0}", "rdv {0} à 14h30", "{0} svp"]))
def test_a_day_without_a_year_is_the_next_to_come(days: int, sentence: str) -> None:
    day = TODAY + timedelta(days=days)
    text = sentence.format(format_date(day, "d MMMM", locale="fr"))
    assert read(text, NOW).spans == ((day, day),)


@given(st.integers(1, 31), st.integers(0, 1000))
def test_a_number_alone_is_never_in_the_past(day: int, later: int) -> None:
    moment = NOW + timedelta(days=later)
    (span,) = read(f"rendez-vous le {day}", moment).spans
    assert moment.date() <= span[0] == exact(span[0].year, span[0].month, day)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("d'ici fin décembre", "2026-12-31"),
        ("la semaine prochaine", "2026-11-30"),
        ("après 17h", "T17:00"),
        ("demain après 17h", "2026-11-26"),
        ("bonjour", None),
    ],
)
def test_a_reading_has_one_day_for_whoever_wants_one(text: str, iso: str | None) -> None:
    assert read(text, NOW).iso == iso


def test_several_days_are_not_clear() -> None:
    assert read("le 3", NOW).is_clear
    assert not read("vendredi prochain", NOW).is_clear
    assert read("avant vendredi", NOW).limit is Limit.by
