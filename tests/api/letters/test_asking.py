"""A hundred phrasings lead to the right question, and none to a day that is kept without a yes.

phrasings.tsv: the question that must follow, and the day that it reads back. Today is Wednesday 25 November 2026.
"""

import csv
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.core.deadlines import Deadline
from api.letters import asking
from api.letters.asking import question, read_answer
from api.texts.library import entries
from api.texts.numbering import NO, YES

TODAY = date(2026, 11, 25)
TURN = UUID("00000000-0000-4000-8000-000000000001")
LEAST_RIGHT = 0.95
with Path(__file__).with_name("phrasings.tsv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file, delimiter="\t"))


class Heard(NamedTuple):
    """The question that follows, and the day in it."""

    asked: str
    day: str


def heard(text: str) -> Heard:
    said = question(read_answer(text, asking.ASK, {}, TODAY), TODAY, TURN)
    if said is None:
        return Heard(asking.ASK, "")
    reads_back = said.name in (asking.RIGHT, asking.OFFER)
    return Heard(said.name, said.facts["deadline"].isoformat() if reads_back else "")


def test_of_a_hundred_phrasings_nearly_all_are_read_rightly_and_none_is_taken_for_another_day() -> None:
    assert len({case["text"] for case in CASES}) >= 100
    wrong = [case["text"] for case in CASES if heard(case["text"]) != Heard(case["asked"], case["day"] or "")]
    assert len(wrong) <= (1 - LEAST_RIGHT) * len(CASES), wrong
    assert [text for text in wrong if heard(text).day] == []


@pytest.mark.parametrize("name", [asking.RIGHT, asking.OFFER])
def test_a_day_that_was_read_is_said_in_full_and_asked_about(name: str) -> None:
    entry = entries()[name]
    words = {word for button in entry.choices for word in button.words}
    assert {YES, NO} <= words
    assert all("deadline" in form for form in (entry.web, entry.sms or ""))


@given(st.integers(-200, 200))
def test_until_tomorrow_somebody_is_offered_at_once_and_later_the_day_is_read_back(ahead: int) -> None:
    day = TODAY + timedelta(days=ahead)
    said = question(Deadline(day), TODAY, TURN)
    assert said
    assert said.name == (asking.OFFER if ahead <= 1 else asking.RIGHT)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("hier", "2026-12-09"),
        ("le 20", "2026-12-05"),
        ("lundi", "2026-12-08"),
        ("en fait c'est le 12 décembre", "2026-12-12"),
    ],
)
def test_the_day_on_which_it_came_begins_the_term(text: str, day: str) -> None:
    found = read_answer(text, asking.RECEIVED, {"many": 15, "unit": "jours"}, TODAY)
    assert found
    assert found.day.isoformat() == day
