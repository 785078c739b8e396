import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.bench.nlu.mcnemar import Discordant, discordant

BOTH = st.lists(st.tuples(st.booleans(), st.booleans()), max_size=200)


@pytest.mark.parametrize(
    ("ours", "theirs", "p"),
    [
        (0, 0, 1.0),
        (1, 0, 1.0),
        (5, 5, 1.0),
        (0, 5, 0.0625),
        (9, 1, 22 / 1024),
        (6, 0, 0.03125),
        (8, 2, 112 / 1024),
        (15, 5, 0.04138946533203125),
    ],
)
def test_p_is_that_of_a_fair_coin_on_both_sides(ours: int, theirs: int, p: float) -> None:
    assert Discordant(ours, theirs).p == pytest.approx(p)


def test_thousands_of_pairs_are_counted_exactly() -> None:
    assert Discordant(1500, 1500).p == 1.0
    assert 0 < Discordant(1700, 1300).p < 1e-12


@given(st.integers(0, 300), st.integers(0, 300))
def test_p_is_a_share_and_does_not_depend_on_who_is_asked(ours: int, theirs: int) -> None:
    assert 0 < Discordant(ours, theirs).p <= 1
    assert Discordant(ours, theirs).p == Discordant(theirs, ours).p


@given(BOTH)
def test_the_pairs_that_disagree_are_what_parts_the_two_scores(pairs: list[tuple[bool, bool]]) -> None:
    ours, theirs = [one for one, _ in pairs], [other for _, other in pairs]
    found = discordant(ours, theirs)
    assert found.ours - found.theirs == sum(ours) - sum(theirs)
    assert found.ours + found.theirs == sum(one != other for one, other in pairs)


def test_two_that_did_not_read_the_same_are_not_compared() -> None:
    with pytest.raises(ValueError):
        discordant([True], [True, False])
