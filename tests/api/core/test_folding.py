"""Folding: the one form in which texts are compared."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.core.folding import fold, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("Électricien à Plouër", "electricien a plouer", id="capitals and accents"),
        pytest.param("e\u0301lectricien", "electricien", id="an accent typed apart"),
        pytest.param("Cœur, ŒUVRE, Lætitia, Straße", "coeur, oeuvre, laetitia, strasse", id="ligatures"),
        pytest.param("aujourd'hui l’allocation jusqu`au", "aujourd hui l allocation jusqu au", id="apostrophes"),
        pytest.param("rendez-vous – 2024—2025 ‑ −3", "rendez vous 2024 2025 3", id="dashes"),
        pytest.param("for\u00adma\u200btion\ufeff", "formation", id="soft hyphen and zero-width"),
        pytest.param("a\u00a0b\u202fc\td\r\ne", "a b c d e", id="every kind of space"),
        pytest.param("  a  \n\n b ", "a b", id="white space collapsed"),
        pytest.param("a\x00b\x07c", "abc", id="controls"),
        pytest.param("ﬁn ① ２", "fin 1 2", id="presentation forms"),
        pytest.param("\ud83d", "", id="half of an emoji"),
        pytest.param("Ker İ ı", "ker i i", id="dotted and dotless i"),
    ],
)
def test_text_is_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_words_are_letters_and_digits_alone() -> None:
    assert words("Où est-ce ? 12, rue_de l’Église !") == ["ou", "est", "ce", "12", "rue", "de", "l", "eglise"]


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_case_and_composition_make_no_difference(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.text())
def test_nothing_invisible_remains(text: str) -> None:
    assert all(char == " " or unicodedata.category(char)[0] not in "CZ" for char in fold(text))
