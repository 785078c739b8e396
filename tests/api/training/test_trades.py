"""A trade is found by any of the names that people give it, and by no other."""

import re
from collections import Counter

import pytest

from api.authorities.communes import named
from api.core.folding import fold
from api.core.normaliser import normalise
from api.training.trades import named_in, trade_named, trades

NAMES = [(trade.code, name) for trade in trades().values() for name in (*trade.names, *trade.things)]


def test_there_are_a_hundred_trades_or_more() -> None:
    assert len(trades()) >= 100


def test_no_two_trades_share_a_name() -> None:
    assert [name for name, times in Counter(name for _, name in NAMES).items() if times > 1] == []


def test_every_name_is_folded_and_leads_to_its_own_trade_as_the_normaliser_writes_it() -> None:
    wrong = [
        (code, name)
        for code, name in NAMES
        if fold(name) != name or not (found := trade_named(normalise(name))) or found.code != code
    ]
    assert wrong == []


def test_every_label_leads_to_its_own_trade_and_reads_after_formation_en() -> None:
    for code, trade in trades().items():
        found = trade_named(fold(trade.label))
        assert found is not None
        assert found.code == code
        assert not re.match(r"(le|la|les|un|une|d|l)\b", trade.label)


def test_codes_are_plain_words() -> None:
    assert [code for code in trades() if not re.fullmatch(r"[a-z_]+", code)] == []


def test_no_trade_is_the_name_of_a_commune() -> None:
    assert [name for _, name in NAMES if named(name)] == []


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("soudeur", "soudure"),
        ("soudeuses", "soudure"),
        ("aides soignants", "aide_soignant"),
        ("agents d entretien", "proprete"),
        ("metiers du batiment", "batiment"),
        ("conduire des camions", "poids_lourds"),
        ("garder des enfants", "petite_enfance"),
        ("espace vert", "espaces_verts"),
        ("creperies", "crepes"),
        ("francais", "francais"),
    ],
)
def test_a_trade_is_found_in_the_singular_and_the_plural(said: str, code: str) -> None:
    found = trade_named(said)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("said", ["", "aide", "transport", "sante", "caisse", "bus", "permis", "formation", "rsa"])
def test_a_word_that_means_too_much_is_no_trade(said: str) -> None:
    assert trade_named(said) is None


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("faut quel diplome pour aide soignant", {"aide_soignant"}),
        ("c est paye la maconnerie", {"maconnerie"}),
        ("faut un diplome", set()),
        ("il y a un bus pour y aller", set()),
        ("j ai des enfants il y a une garde", set()),
    ],
)
def test_a_message_names_trades_among_other_words(said: str, codes: set[str]) -> None:
    assert {trade.code for trade in named_in(said)} >= codes
    assert bool(named_in(said)) == bool(codes)
