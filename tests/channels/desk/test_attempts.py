"""Twenty wrong tries from one address in ten minutes, whoever they name."""

import pytest

from api.core.errors import TooMany
from channels.desk.attempts import AT_MOST, WINDOW, Attempts

HERE, THERE = b"here", b"there"


class Clock:
    """Stands still until it is told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def attempts(clock: Clock) -> Attempts:
    """An address has used all of them up, one a second."""
    attempts = Attempts(clock)
    for _ in range(AT_MOST):
        attempts.begin(HERE)
        clock.now += 1
    return attempts


def test_one_more_is_refused_until_the_oldest_is_forgotten(attempts: Attempts, clock: Clock) -> None:
    with pytest.raises(TooMany) as refused:
        attempts.begin(HERE)
    assert refused.value.retry_after == WINDOW - AT_MOST
    clock.now += WINDOW - AT_MOST
    attempts.begin(HERE)
    with pytest.raises(TooMany):
        attempts.begin(HERE)


def test_another_address_is_not_concerned(attempts: Attempts) -> None:
    attempts.begin(THERE)


def test_a_refused_one_does_not_lengthen_the_wait(attempts: Attempts, clock: Clock) -> None:
    for _ in range(50):
        with pytest.raises(TooMany):
            attempts.begin(HERE)
    clock.now = WINDOW + AT_MOST
    attempts.begin(HERE)


def test_those_that_were_right_do_not_count(attempts: Attempts) -> None:
    attempts.begin(THERE)
    attempts.succeeded(THERE)
    for _ in range(AT_MOST):
        attempts.begin(THERE)
    with pytest.raises(TooMany):
        attempts.begin(THERE)
