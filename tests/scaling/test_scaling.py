"""Two of each process answer more than one of each: adding containers adds capacity."""

from pathlib import Path

import pytest

from tests.scaling.measuring import measured

# Not beside other tests: where others take the whole machine, nothing can be added.
pytestmark = pytest.mark.alone

RASA = 0.2
"""Seconds a turn: so few messages that two processors have time for twice as many. How many it is at a real pace:
docs/performance.md."""
FULL = 0.95
"""Of all processors: whoever measures beside others measures them."""


def test_two_of_each_answer_more_than_one_of_each_and_lose_nothing(tmp_path: Path) -> None:
    one, two = measured(tmp_path, RASA, 4.0, 8)
    assert (one.failures, two.failures) == (0, 0)
    assert one.rate <= 1.05 / RASA
    if two.busy > FULL and two.rate <= 1.3 * one.rate:
        pytest.skip(f"SKIPPED: others use the whole machine ({one}; {two})")
    assert two.rate > 1.3 * one.rate
