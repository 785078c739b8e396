"""Words used alike count alike, and messages are also learnt from as others would say them."""

from collections import Counter

import pytest

from api.conversations.urgent import FOLDER
from api.conversations.urgent.kindred import related
from api.conversations.urgent.varying import varied

WORDS = (FOLDER / "kindred.txt").read_text("utf-8").split()


def test_a_word_has_one_family() -> None:
    assert [word for word, count in Counter(WORDS).items() if count > 1] == []
    assert len(WORDS) >= 20_000


def test_words_used_alike_are_told_alike() -> None:
    assert [*related(["mon", "frigo"])] != [*related(["mon", "avocat"])]
    assert [*related(["sardine", "dans", "bols"])] == [*related(["sardine", "dans", "pots"])]


def test_a_word_that_nobody_knows_stands_for_any_other() -> None:
    assert [*related(["xkcdq"])] == [*related(["qdckx"])]


@pytest.mark.parametrize(
    ("text", "short"),
    [
        pytest.param("Je ne dors plus chez moi", "j dor plu ché moi", id="the person in one letter"),
        pytest.param("j'ai faim avec les enfants", "g faim ac lé enfant", id="plurals that nobody hears"),
    ],
)
def test_a_message_is_learnt_from_in_short_too(text: str, short: str) -> None:
    assert [*varied(text, [])] == [short]


def test_a_message_is_learnt_from_beside_an_ordinary_one() -> None:
    *_, beside = varied("il me tape", ["bonjour"])
    assert beside in {"bonjour, il me tape", "il me tape, bonjour"}


def test_what_cannot_be_shortened_is_said_once() -> None:
    assert [*varied("oui", [])] == []
