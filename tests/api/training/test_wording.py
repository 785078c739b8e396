import pytest

from api.training.trades import trades
from api.training.wording import LONGEST, subject


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("je veux une formation", None),
        ("je cherche une formation de souffleur de verre", "souffleur verre"),
        ("vous avez quoi comme formation en langue des signes ?", "langue signes"),
        ("dans le finistere", None),
        ("bonjour xxnom cherche formation au xxnumero", None),
        ("une formation de 35 heures", None),
        ("n importe ou en bretagne", None),
        ("", None),
    ],
)
def test_only_words_that_name_a_subject_stay(text: str, words: str | None) -> None:
    assert subject(text) == words


def test_what_was_recognised_is_left_out() -> None:
    text = "formation bijouterie a saint brieuc"

    assert subject(text, [(text.index("saint"), len(text))]) == "bijouterie"


def test_a_long_story_is_cut() -> None:
    told = subject(" ".join(f"bijou{'x' * length}" for length in range(30)))

    assert told is not None
    assert len(told.split()) == LONGEST


def test_no_name_of_a_trade_is_a_word_of_asking() -> None:
    names = {name for trade in trades().values() for name in trade.names if " " not in name}

    assert {name for name in names if subject(name) is None} == set()
