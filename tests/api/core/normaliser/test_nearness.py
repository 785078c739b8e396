"""One letter is a slip; two make another word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.core.normaliser.nearness import one_letter_off

WORDS = st.text("abcde", max_size=8)


@pytest.mark.parametrize(
    ("written", "slip"),
    [
        ("malestroi", True),
        ("malestroiit", True),
        ("lamestroit", False),
        ("malestroot", True),
        ("malestriot", True),
        ("malestro", False),
        ("malestroit", True),
        ("", False),
    ],
)
def test_one_letter_is_a_slip(written: str, slip: bool) -> None:
    assert one_letter_off(written, "malestroit") is slip


@given(WORDS, WORDS)
def test_it_does_not_matter_which_word_is_first(one: str, other: str) -> None:
    assert one_letter_off(one, other) == one_letter_off(other, one)


@given(WORDS, st.integers(0, 8), st.sampled_from("xyz"))
def test_a_letter_added_anywhere_is_one_letter(word: str, at: int, letter: str) -> None:
    assert one_letter_off(word, word[:at] + letter + word[at:])
