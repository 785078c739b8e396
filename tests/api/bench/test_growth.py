import pytest

from api.bench.growth import EARLY, LATE, late_over_early
from api.conversations.opening import TURNS_A_SESSION


def _conversation(early: float, late: float) -> list[float]:
    return [late if turn in LATE else early if turn in EARLY else 99.0 for turn in range(LATE.stop)]


def test_late_turns_are_compared_with_early_ones_whatever_lies_between() -> None:
    assert late_over_early([_conversation(early=0.02, late=0.06)]) == pytest.approx(3)


def test_conversations_are_taken_together() -> None:
    assert late_over_early([_conversation(1, 2), _conversation(1, 2), _conversation(1, 50)]) == pytest.approx(2)


def test_one_slow_turn_does_not_choose_the_figure() -> None:
    conversation = _conversation(early=1, late=2)
    conversation[LATE.start], conversation[EARLY.start] = 500, 500
    assert late_over_early([conversation]) == pytest.approx(2)


def test_a_conversation_that_is_too_short_is_refused() -> None:
    with pytest.raises(IndexError):
        late_over_early([[1.0] * 100])


def test_late_turns_are_one_whole_session_of_ours() -> None:
    assert len(LATE) == TURNS_A_SESSION
