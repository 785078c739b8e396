from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.bench.figures import Figure, as_json, percentile, rounded, rows


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([7.0], 0.95, 7.0),
        ([3.0, 1.0, 2.0], 0.5, 2.0),
        ([float(n) for n in range(1, 21)], 0.95, 19.0),
        ([float(n) for n in range(1, 101)], 0.95, 95.0),
        ([1.0, 2.0], 0.0, 1.0),
        ([1.0, 2.0], 1.0, 2.0),
    ],
)
def test_a_percentile_is_the_smallest_value_that_enough_do_not_exceed(
    values: list[float], share: float, expected: float
) -> None:
    assert percentile(values, share) == expected


@given(st.lists(st.floats(allow_nan=False), min_size=1), st.floats(0, 1))
def test_a_percentile_was_observed_and_covers_its_share(values: list[float], share: float) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values)


@given(st.lists(st.floats(allow_nan=False), min_size=1))
def test_percentiles_never_decrease(values: list[float]) -> None:
    found = [percentile(values, share / 10) for share in range(11)]
    assert all(lower <= higher for lower, higher in pairwise(found))


def test_nothing_has_no_percentile() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.95)


def test_a_ratio_is_value_over_reference() -> None:
    assert Figure("chain_p95_1", 30, "ms", 60).ratio == 0.5


@pytest.mark.parametrize("reference", [None, 0.0])
def test_without_a_reference_there_is_no_ratio(reference: float | None) -> None:
    assert Figure("memory_server", 300, "MB", reference).ratio is None


def test_json_holds_value_unit_reference_and_ratio_of_each_figure() -> None:
    told = as_json([Figure("train", 61.239, "s", 244.0, "note"), Figure("memory_server", 301.4, "MB")])
    assert told == {
        "train": {"value": 61.2, "unit": "s", "reference": 244.0, "ratio": 0.251},
        "memory_server": {"value": 301.0, "unit": "MB", "reference": None, "ratio": None},
    }


def test_a_ratio_is_made_of_what_was_measured_not_of_what_is_shown() -> None:
    told = as_json([Figure("start_second", 1.0049, "s", 1.0151)])
    assert told["start_second"]["ratio"] == 0.99


def test_a_row_says_the_same_with_dashes_for_what_is_missing() -> None:
    shown = rows([Figure("train", 1234.0, "s", 2468.0, "comment"), Figure("memory_server", 301.4, "MB")])
    assert shown == [
        ("train", "1230", "s", "2470", "0.5", "comment"),
        ("memory_server", "301", "MB", "-", "-", ""),
    ]


def test_three_significant_digits_are_kept() -> None:
    assert [rounded(value) for value in (0.0123456, 12.3456, 12345.6, None)] == [0.0123, 12.3, 12300.0, None]
