"""Two spellings of one word sound the same; two words that people tell apart do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.core.normaliser.sound import sound


@pytest.mark.parametrize(
    ("word", "misspelt"),
    [
        ("formation", "formasion"),
        ("conseiller", "conseye"),
        ("telephone", "telefone"),
        ("allocation", "alocassion"),
        ("dossier", "dossie"),
        ("courrier", "courie"),
        ("contrat", "kontra"),
        ("document", "documan"),
        ("logement", "logeman"),
        ("question", "kestion"),
        ("urgence", "urjanse"),
    ],
)
def test_a_misspelling_sounds_like_its_word(word: str, misspelt: str) -> None:
    assert sound(misspelt) == sound(word)


@pytest.mark.parametrize(
    ("one", "other"), [("formation", "formateur"), ("contrat", "contact"), ("declaration", "deration"), ("caf", "cap")]
)
def test_two_words_sound_different(one: str, other: str) -> None:
    assert sound(one) != sound(other)


@given(st.text("abcdefghijklmnopqrstuvwxyz", max_size=30))
def test_no_sound_is_longer_than_its_word(word: str) -> None:
    assert len(sound(word)) <= len(word)
