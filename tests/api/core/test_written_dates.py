"""Dates as people write them."""

from datetime import date

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from api.core.written_dates import month_of, written_dates


@pytest.mark.parametrize(
    ("text", "read"),
    [
        pytest.param("né le 14/05/1990.", (14, 5, 1990), id="slashes"),
        pytest.param("1990-05-14", (14, 5, 1990), id="the computer's way"),
        pytest.param("14.05.90", (14, 5, 90), id="dots, a short year"),
        pytest.param("14 / 5 / 1990", (14, 5, 1990), id="spaced"),
        pytest.param("14 05 1990", (14, 5, 1990), id="spaces alone"),
        pytest.param("le 14 mai 90", (14, 5, 90), id="a month's name"),
        pytest.param("1er mai 1985", (1, 5, 1985), id="the first"),
        pytest.param("Premier août 1985", (1, 8, 1985), id="the first, in full"),
        pytest.param("14 FÉV. 1990", (14, 2, 1990), id="a short month"),
        pytest.param("3 desembre 1971", (3, 12, 1971), id="a misspelt month"),
        pytest.param("14mai1990", (14, 5, 1990), id="glued"),
        pytest.param("14051990", (14, 5, 1990), id="eight digits"),
        pytest.param("19900514", (14, 5, 1990), id="eight digits, year first"),
        pytest.param("29/02/2000", (29, 2, 2000), id="a leap day"),
    ],
)
def test_a_date_is_read(text: str, read: tuple[int, int, int]) -> None:
    assert [(found.day, found.month, found.year) for found in written_dates(text)] == [read]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("31/02/1990", id="no such day"),
        pytest.param("29/02/1990", id="no leap year"),
        pytest.param("le 14/05", id="no year"),
        pytest.param("le 14 mai 10 h", id="an hour is no year"),
        pytest.param("le 14 mai 10:30", id="nor with minutes"),
        pytest.param("14 jours 20", id="no month"),
        pytest.param("3 enfants 2019", id="no month either"),
        pytest.param("114/05/1990", id="part of a number"),
        pytest.param("14/05/19901", id="a year too long"),
    ],
)
def test_what_is_no_date_is_left(text: str) -> None:
    assert list(written_dates(text)) == []


def test_several_dates_are_found_where_they_stand() -> None:
    text = "du 14/05/1990 au 1er mai 2020"
    assert sorted(text[found.start : found.end] for found in written_dates(text)) == ["14/05/1990", "1er mai 2020"]


@pytest.mark.parametrize(("word", "month"), [("janv", 1), ("fevrié", 2), ("AOÛT", 8), ("sept", 9), ("otobre", 10)])
def test_a_month_is_known(word: str, month: int) -> None:
    assert month_of(word) == month


@pytest.mark.parametrize("word", ["ju", "jui", "heures", "euros", "mardi", "enfants", "", "ma"])
def test_another_word_is_no_month(word: str) -> None:
    assert month_of(word) is None


@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["dd/MM/yyyy", "d.M.yyyy", "yyyy-MM-dd", "d MMMM yyyy", "EEEE d MMM yyyy", "ddMMyyyy"]),
)
def test_a_written_date_is_read_back(day: date, shape: str) -> None:
    (found,) = written_dates(f"le {format_date(day, shape, locale='fr')} à Brest")
    assert date(found.year, found.month, found.day) == day
