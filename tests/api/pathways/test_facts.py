"""Which facts of a journal hold, and which of them count now."""

from datetime import timedelta
from uuid import UUID

import pytest

from api.pathways.facts import episode, standing
from api.pathways.tables import FactKind
from tests.api.pathways.journals import KNOWN, fact, journal


def test_the_last_correction_of_a_chain_is_what_holds() -> None:
    first = fact(FactKind.oriented, 1, 1)
    second = fact(FactKind.oriented, 2, 2, replaces_id=first.id)
    third = fact(FactKind.oriented, 3, 3, replaces_id=second.id)

    assert standing([third, first, second]) == [third]


def test_what_was_withdrawn_never_happened_unless_the_withdrawal_was_corrected() -> None:
    first = fact(FactKind.closed, 1, 1)
    withdrawn = fact(FactKind.closed, 1, 2, replaces_id=first.id, withdrawn=True)
    after_all = fact(FactKind.closed, 4, 3, replaces_id=withdrawn.id)

    assert standing([first, withdrawn]) == []
    assert standing([first, withdrawn, after_all]) == [after_all]


def test_a_correction_that_arrives_before_what_it_corrects_holds_all_the_same() -> None:
    correction = fact(FactKind.known, 5, 1, replaces_id=UUID(int=2))

    assert standing([correction, fact(FactKind.known, 1, 2)]) == [correction]


def test_facts_of_one_day_stand_in_the_order_of_the_law_then_of_their_arrival_then_of_their_ids() -> None:
    signed, notified = fact(FactKind.contract_signed, 1, 1), fact(FactKind.notified, 1, 2)
    late = fact(FactKind.notified, 1, 3, known_at=KNOWN + timedelta(days=9))
    twin = fact(FactKind.notified, 1, 4)

    assert standing([late, signed, twin, notified]) == [notified, twin, late, signed]


@pytest.mark.parametrize(
    ("rule", "kinds", "count"),
    [
        ("all of it, for somebody who never moved", [FactKind.known, FactKind.oriented], 2),
        ("from the move on", [FactKind.oriented, FactKind.assigned, FactKind.moved, FactKind.known], 2),
        ("from the opening that follows a closing", [FactKind.known, FactKind.closed, FactKind.known], 1),
        ("an appointment opens nothing again", [FactKind.known, FactKind.closed, FactKind.appointment_held], 3),
        ("a closed pathway that moves goes on", [FactKind.known, FactKind.closed, FactKind.moved], 1),
        ("nothing", [], 0),
    ],
)
def test_what_counts_now(rule: str, kinds: list[FactKind], count: int) -> None:
    written = journal(*((kind, day) for day, kind in enumerate(kinds)))

    assert list(episode(written).facts) == written[len(written) - count :], rule


def test_one_move_that_two_sources_tell_is_one_move() -> None:
    told = fact(FactKind.moved, 1, 1)
    oriented = fact(FactKind.oriented, 2, 2)
    again = fact(FactKind.moved, 3, 3)

    assert list(episode([told, oriented, again]).facts) == [told, oriented, again]
    assert episode([told, oriented, again]).authority == "cd56"
