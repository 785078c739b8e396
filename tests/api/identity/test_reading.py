"""What people type to identify themselves is read as they type it, or not at all."""

from datetime import date

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from api.identity.letter_codes import FIRST_DIGITS, spaced
from api.identity.reading import read_birth_date, read_code, read_letter_code, read_phone

TODAY = date(2026, 11, 23)
FICTION = st.integers(0, 9999).map(lambda last: f"63998{last:04}")
SEPARATORS = st.sampled_from(["", " ", ".", "-", "/", "\u00a0", " - ", "‑", "_"])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("0639980001", "+33639980001", id="glued"),
        pytest.param("06 39 98 00 01", "+33639980001", id="in pairs"),
        pytest.param("06.39.98.00.01", "+33639980001", id="dotted"),
        pytest.param("06-39-98-00-01", "+33639980001", id="dashed"),
        pytest.param("+33639980001", "+33639980001", id="from abroad"),
        pytest.param("+33 6 39 98 00 01", "+33639980001", id="from abroad, spaced"),
        pytest.param("+33 (0)6 39 98 00 01", "+33639980001", id="with a nought in brackets"),
        pytest.param("0033 6 39 98 00 01", "+33639980001", id="0033"),
        pytest.param("33639980001", "+33639980001", id="33"),
        pytest.param("mon num c le 0639980001 merci", "+33639980001", id="in a sentence"),
        pytest.param("06 39 98 00 01, né le 14/05/1990", "+33639980001", id="before a date"),
        pytest.param("14051990 0639980001", "+33639980001", id="after a date"),
        pytest.param("14/05/1990 07 51 23 45 67", "+33751234567", id="07"),
        pytest.param("\u202a+33 6 39 98 00 01\u202c", "+33639980001", id="copied from contacts"),
        pytest.param("０６３９９８０００１", "+33639980001", id="full-width digits"),
        pytest.param("0692 12 34 56", "+262692123456", id="La Réunion"),
        pytest.param("+262 692 12 34 56", "+262692123456", id="La Réunion, from abroad"),
        pytest.param("0690 12 34 56", "+590690123456", id="Guadeloupe"),
        pytest.param("0696 12 34 56", "+596696123456", id="Martinique"),
        pytest.param("00594 694 12 34 56", "+594694123456", id="Guyane, from abroad"),
    ],
)
def test_a_mobile_number_is_read(text: str, number: str) -> None:
    assert read_phone(text) == number


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("02 61 91 00 00", id="a landline gets no SMS"),
        pytest.param("06 39 98 00", id="too short"),
        pytest.param("06 39 98 00 011", id="too long"),
        pytest.param("14/05/1990", id="a date"),
        pytest.param("+44 7700 900001", id="another country"),
        pytest.param("482913", id="a code"),
        pytest.param("j'ai pas de portable", id="none"),
    ],
)
def test_what_is_no_french_mobile_is_refused(text: str) -> None:
    assert read_phone(text) is None


@pytest.mark.parametrize(
    ("text", "birth"),
    [
        pytest.param("1990-05-14", date(1990, 5, 14), id="the computer's way"),
        pytest.param("14/05/1990", date(1990, 5, 14), id="slashes"),
        pytest.param("14.05.90", date(1990, 5, 14), id="dots, a short year"),
        pytest.param("14 5 90", date(1990, 5, 14), id="spaces"),
        pytest.param("14 mai 90", date(1990, 5, 14), id="words, a short year"),
        pytest.param("1er mai 1985", date(1985, 5, 1), id="the first"),
        pytest.param("14051990", date(1990, 5, 14), id="glued"),
        pytest.param("je suis né le 14 mai 1990 à Brest", date(1990, 5, 14), id="in a sentence"),
        pytest.param("nee le 3 fevrié 1971", date(1971, 2, 3), id="misspelt"),
        pytest.param("06 12 05 90 01 et 14 mai 1990", date(1990, 5, 14), id="after a telephone number"),
        pytest.param("14/05/1990 0639980001", date(1990, 5, 14), id="before a telephone number"),
        pytest.param("rdv du 03/12/2026, né le 14/05/1990", date(1990, 5, 14), id="after another date"),
        pytest.param("23/11/12", date(2012, 11, 23), id="14 years old today"),
        pytest.param("24/11/12", None, id="14 years old tomorrow"),
        pytest.param("01/01/30", date(1930, 1, 1), id="born in 1930"),
        pytest.param("01/01/16", date(1916, 1, 1), id="110 years old"),
        pytest.param("29/02/2000", date(2000, 2, 29), id="a leap day"),
    ],
)
def test_a_date_of_birth_is_read(text: str, birth: date | None) -> None:
    assert read_birth_date(text, TODAY) == birth


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("31/02/1990", id="no such day"),
        pytest.param("29/02/01", id="no leap year"),
        pytest.param("14/13/1990", id="no such month"),
        pytest.param("14/05/2030", id="not born yet"),
        pytest.param("14/05/1890", id="too old"),
        pytest.param("14 mai", id="no year"),
        pytest.param("06 12 05 90 01", id="a telephone number"),
        pytest.param("482913", id="a code"),
    ],
)
def test_an_impossible_date_is_refused(text: str) -> None:
    assert read_birth_date(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("482913", "482913", id="alone"),
        pytest.param("482 913", "482913", id="in two"),
        pytest.param("48-29-13", "482913", id="in three"),
        pytest.param("4 8 2 9 1 3", "482913", id="one by one"),
        pytest.param("12 05 90", "120590", id="a code may look like a date"),
        pytest.param("mon code est 482913.", "482913", id="in a sentence"),
        pytest.param("482913 reçu au 0639980001", "482913", id="beside a telephone number"),
        pytest.param("code : 000417", "000417", id="noughts stay"),
    ],
)
def test_a_code_is_read(text: str, code: str) -> None:
    assert read_code(text) == code


@pytest.mark.parametrize(
    "text", ["48291", "4829133", "06 39 98 00 01", "14/05/1990", "14-05-1990", "pas reçu", "1 482913"]
)
def test_what_is_no_code_is_refused(text: str) -> None:
    assert read_code(text) is None


@given(FICTION, st.sampled_from(["0", "+33", "0033", "+33 (0)", "33"]), SEPARATORS, st.integers(1, 4))
def test_any_grouping_gives_the_number_back(number: str, prefix: str, between: str, size: int) -> None:
    grouped = between.join(number[place : place + size] for place in range(0, len(number), size))
    assert read_phone(f"mon numéro : {prefix}{grouped}.") == f"+33{number}"


@given(
    st.dates(date(1920, 1, 1), date(2012, 1, 1)),
    st.sampled_from(
        ["dd/MM/yyyy", "d/M/yy", "dd.MM.yy", "yyyy-MM-dd", "ddMMyyyy", "d MMMM yyyy", "d MMM yy", "dd MM yyyy"]
    ),
    FICTION,
)
def test_any_spelling_gives_the_date_back_beside_a_number(birth: date, shape: str, number: str) -> None:
    text = f"0{number} {format_date(birth, shape, locale='fr')}"
    assert (read_phone(text), read_birth_date(text, TODAY)) == (f"+33{number}", birth)


@given(st.integers(0, 999_999).map("{:06}".format), st.sampled_from(["", " ", "-"]), st.sampled_from([1, 2, 3]))
def test_any_grouping_gives_the_code_back(code: str, between: str, size: int) -> None:
    assert read_code(between.join(code[place : place + size] for place in range(0, 6, size))) == code


@given(st.text())
def test_anything_may_be_typed(text: str) -> None:
    assert read_phone(text) is None or len(text) > 8
    assert read_code(text) is None or len(text) > 5
    assert read_birth_date(text, TODAY) is None or len(text) > 5


@given(st.sampled_from(FIRST_DIGITS), st.integers(0, 10**8 - 1), st.sampled_from(["{}", "mon code : {}", "{} merci"]))
def test_the_code_of_a_letter_is_nothing_else(first: str, rest: int, sentence: str) -> None:
    code = f"{first}{rest:08d}"
    for written in (code, spaced(code), spaced(code).replace(" ", "-")):
        text = sentence.format(written)
        assert read_letter_code(text) == code
        assert (read_phone(text), read_birth_date(text, TODAY), read_code(text)) == (None, None, None)
        both = f"{text}, 14/05/1990"
        assert (read_letter_code(both), read_birth_date(both, TODAY)) == (code, date(1990, 5, 14))


@pytest.mark.parametrize("text", ["0639980001", "639980001", "06 39 98 00 01", "14 05 1990", "123456", "12 345 678 9"])
def test_what_is_no_code_of_a_letter_is_not_read_as_one(text: str) -> None:
    assert read_letter_code(text) is None
