"""Digests compare, seals open once more, and neither works under another key or purpose."""

import re

from hypothesis import given
from hypothesis import strategies as st

from api.core.sealing import Sealer, new_code, new_token

MINE, OTHER = Sealer("one key"), Sealer("another key")


@given(st.text())
def test_what_is_sealed_opens_with_the_same_key_only(text: str) -> None:
    assert MINE.open(MINE.seal(text)) == text
    assert OTHER.open(MINE.seal(text)) is None


@given(st.text(), st.text())
def test_a_digest_is_of_one_value_one_purpose_one_key(value: str, other: str) -> None:
    digest = MINE.digest("phone", value)
    assert MINE.matches("phone", value, digest)
    assert not MINE.matches("code", value, digest)
    assert not OTHER.matches("phone", value, digest)
    assert MINE.matches("phone", other, digest) == (value == other)


def test_a_digest_does_not_show_its_value() -> None:
    assert b"0639980001" not in MINE.digest("phone", "0639980001")


def test_codes_have_six_digits_and_tokens_128_bits_or_more() -> None:
    assert all(re.fullmatch(r"\d{6}", new_code()) for _ in range(200))
    assert len({new_token() for _ in range(200)}) == 200
    assert len(new_token()) * 6 >= 128
