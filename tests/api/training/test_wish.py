import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.core.folding import fold
from api.training.trades import Trade, trades
from api.training.wish import Wish, heard_trade, known_trade


@pytest.mark.parametrize("trade", trades().values(), ids=lambda trade: trade.code)
def test_a_trade_is_known_by_its_code_its_label_and_each_of_its_names(trade: Trade) -> None:
    assert known_trade(trade.code) == trade
    assert known_trade(fold(trade.label)) == trade
    assert all(known_trade(name) == trade for name in trade.names)


@pytest.mark.parametrize(
    ("words", "code"), [("informatik", "informatique"), ("soudur", "soudure"), ("bijou", None), ("verre", None)]
)
def test_a_trade_is_heard_in_a_misspelt_name(words: str, code: str | None) -> None:
    heard = heard_trade(words)

    assert (heard.code if heard else None) == code


def test_the_newest_subject_counts_alone() -> None:
    wish = Wish(insee="29019").about("soudeur", None)
    assert (wish.trade, wish.words, wish.insee) == ("soudure", None, "29019")

    wish = wish.about(None, "souffleur verre")
    assert (wish.trade, wish.words) == (None, "souffleur verre")

    wish = wish.about("soudure", "verre")
    assert (wish.trade, wish.words) == ("soudure", None)


def test_a_message_without_a_subject_keeps_the_one_there_was() -> None:
    wish = Wish(trade="soudure", insee="29019")

    assert wish.about(None, None) == wish


def test_a_trade_that_we_do_not_know_is_looked_for_as_words() -> None:
    assert Wish().about("souffleur de verre", None).words == "souffleur de verre"


@given(st.text("abcdefghijklmnopqrstuvwxyz ", max_size=40))
def test_any_words_make_a_wish_with_a_label_or_none(words: str) -> None:
    assert bool(Wish().about(None, words).label) is bool(words)
