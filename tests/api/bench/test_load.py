from http.client import RemoteDisconnected
from threading import Barrier

import pytest

from api.bench.load import Answers, block, merged, turns
from api.bench.talking import Refused, WrongAnswer


class Played:
    """Answers at once, or fails as it is told."""

    def __init__(self, *failures: Exception) -> None:
        self.failures, self.closed = list(failures), 0

    def ask(self) -> None:
        if self.failures:
            raise self.failures.pop(0)

    def close(self) -> None:
        self.closed += 1


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (WrongAnswer(), "WrongAnswer"),
        (Refused("POST 503"), "Refused POST 503"),
        (TimeoutError(), "TimeoutError"),
        (RemoteDisconnected("gone"), "RemoteDisconnected gone"),
    ],
)
def test_a_failure_is_counted_by_kind_and_never_as_an_answer(failure: Exception, kind: str) -> None:
    answers = turns(Played(failure), 3)
    assert answers.failures == {kind: 1}
    assert len(answers.latencies) == 2


def test_an_error_of_our_own_is_not_taken_for_a_failure_of_the_measured() -> None:
    with pytest.raises(KeyError):
        turns(Played(KeyError("token")), 1)
    with pytest.raises(KeyError):
        block([Played(KeyError("token")), Played()], 1)


def test_a_broken_connection_is_opened_again_and_every_one_is_closed_at_the_end() -> None:
    played = Played(Refused())
    turns(played, 2)
    assert played.closed == 2


class Meeting(Played):
    """Its first question is answered only once all the others ask theirs."""

    def __init__(self, everyone: Barrier) -> None:
        super().__init__()
        self.everyone: Barrier | None = everyone

    def ask(self) -> None:
        if self.everyone:
            self.everyone.wait(30)
            self.everyone = None


def test_everybody_asks_at_once_until_the_time_is_over() -> None:
    everyone = Barrier(4)
    played = [Meeting(everyone) for _ in range(4)]
    answers = block(played, 0.2)
    assert len(answers.latencies) >= 4
    assert answers.seconds >= 0.2
    assert all(one.closed == 1 for one in played)


def test_a_rate_counts_right_answers_only() -> None:
    answers = Answers(latencies=[0.1] * 10, seconds=2.0)
    answers.failures["WrongAnswer"] = 90
    assert answers.rate == 5


def test_answers_together_keep_their_order_and_their_failures() -> None:
    first, second = turns(Played(WrongAnswer()), 2), turns(Played(WrongAnswer()), 3)
    whole = merged([first, second])
    assert whole.latencies == first.latencies + second.latencies
    assert whole.failures == {"WrongAnswer": 2}
