"""What is pressing is looked at first, and what is only to be known never rings."""

from datetime import date

import pytest

from api.escalations.priorities import is_above, rank
from api.escalations.tables import Kind, Priority, Reason


@pytest.mark.parametrize("reason", [Reason.letter, Reason.complaint, Reason.hindrance])
def test_what_presses_is_high(reason: Reason) -> None:
    assert rank(reason) == (Priority.high, Kind.to_answer)


@pytest.mark.parametrize("about", ["", "rsa_suspended", "ask_letter"])
def test_urgent_is_always_urgent(about: str) -> None:
    assert rank(Reason.urgent, about, date(2026, 12, 1)) == (Priority.urgent, Kind.to_answer)


def test_a_benefit_that_was_cut_is_high_whatever_is_asked() -> None:
    for reason in (Reason.asked, Reason.callback, Reason.not_understood):
        assert rank(reason).priority is Priority.normal
        assert rank(reason, "rsa_suspended").priority is Priority.high


def test_what_is_only_to_be_known_is_never_pressing() -> None:
    assert rank(Reason.appointment_declined, "rsa_suspended", date(2026, 12, 1)) == (Priority.normal, Kind.to_know)


def test_urgent_is_above_high_and_high_above_normal() -> None:
    assert is_above(Priority.urgent, Priority.high)
    assert is_above(Priority.high, Priority.normal)
    assert not any(is_above(one, one) for one in Priority)
