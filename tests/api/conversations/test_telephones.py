"""Whom we answer: French mobiles however a gateway writes them, and nothing else."""

import pytest

from api.conversations.telephones import mobile


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("+33639980001", "+33639980001"),
        ("33639980001", "+33639980001"),
        ("0033639980001", "+33639980001"),
        ("06 39 98 00 01", "+33639980001"),
        ("0739980001", "+33739980001"),
        ("+262639000001", "+262639000001"),
        ("+590690000001", "+590690000001"),
        ("+594694000001", "+594694000001"),
        ("+596696000001", "+596696000001"),
        ("+262692000001", "+262692000001"),
    ],
)
def test_french_mobiles_are_known_overseas_included(written: str, number: str) -> None:
    assert mobile(written) == number


@pytest.mark.parametrize(
    "written",
    ["38080", "36111", "+38080", "118218", "Hent", "CAF", "INFO 1", "", "+", "+33261910001", "0261910001"]
    + ["+32470000001", "+3363998", "+336399800019", "0893 12 34 56", "٠٦٣٩٩٨٠٠٠١", "+33639980001a"],
)  # fmt: skip
def test_services_names_fixed_lines_and_others_are_not_answered(written: str) -> None:
    assert mobile(written) is None
