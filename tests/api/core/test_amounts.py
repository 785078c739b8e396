"""A sum is read as people write it, and no other number is. Many more cases: tests/bot/entities.tsv."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.core.amounts import Amount, amounts_in

PIECES = [
    "1 200",
    "630",
    "€",
    "euros",
    "k",
    "3k",
    "6,50",
    "entre",
    "et",
    "de",
    "à",
    "500-600",
    "mille",
    "balles",
    "mois",
]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("une aide de 400 euros et un prêt de 300€", ["400", "300"], id="two, in their order"),
        pytest.param("entre 500€ et 600 euros", ["500..600"], id="two bounds"),
        pytest.param("1.200,50 €", ["1200.5"], id="a point before three digits groups them"),
        pytest.param("6.50 €", ["6.5"], id="a point before two digits does not"),
        pytest.param("quatre-vingt-dix balles", ["90"], id="in words"),
        pytest.param("50 centimes", ["0.5"], id="cents alone"),
        pytest.param("je touche 607 par mois", ["607"], id="no unit, but a month"),
        pytest.param("je touche 3 fois rien", [], id="no sum after touche"),
        pytest.param("4 par mois", [], id="small numbers count times"),
        pytest.param("630 euros 15 jours après", ["630"], id="days are no cents"),
        pytest.param("mon numéro : 06 39 98 12 34", [], id="a telephone"),
        pytest.param("le 12/05/2026 à 6h50", [], id="a day and an hour"),
        pytest.param("dossier 1234567, 35000 Rennes", [], id="a number and a code"),
        pytest.param("au 3e étage", [], id="a floor"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_a_sum_is_read_and_another_number_is_not(text: str, told: list[str]) -> None:
    assert [str(amount) for amount in amounts_in(text)] == told


def test_a_sum_has_two_bounds() -> None:
    assert amounts_in("entre 500 et 600 euros") == [Amount(Decimal(500), Decimal(600))]
    assert amounts_in("six cents balles") == [Amount(Decimal(600), Decimal(600))]


@given(st.integers(1, 99_999), st.sampled_from(["{0} €", "{0}€", "{0} euros", "on me doit {0} euros.", "{0:,} €"]))
def test_whole_euros_are_read_back(euros: int, sentence: str) -> None:
    (amount,) = amounts_in(sentence.format(euros).replace(",", " "))
    assert amount == Amount(Decimal(euros), Decimal(euros))


@given(st.decimals(Decimal("0.01"), Decimal("9999.99"), places=2))
def test_cents_are_read_back(sum_: Decimal) -> None:
    (amount,) = amounts_in(f"{sum_} euros".replace(".", ","))
    assert amount.low == amount.high == sum_


@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join))
def test_no_text_breaks_it_and_bounds_go_up(text: str) -> None:
    assert all(amount.low <= amount.high for amount in amounts_in(text))


@pytest.mark.parametrize("piece", ["1 ", "1", "1 000", "entre 1 et ", "1,", "5-"])
def test_ten_thousand_characters_do_not_hang_it(piece: str) -> None:
    amounts_in(piece * (10_000 // len(piece)))
