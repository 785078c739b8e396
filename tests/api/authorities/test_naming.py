"""A commune is read where one is named, and nowhere else."""

import pytest

from api.authorities.communes import communes
from api.authorities.naming import commune_in, home_in
from tests.factories import BREST, LANDERNEAU, QUIMPER


@pytest.mark.parametrize(
    ("text", "insee"),
    [
        ("Quimper", QUIMPER),
        ("j'habite à Landerneau depuis mars", LANDERNEAU),
        ("jabite a brest", BREST),
        ("29200", BREST),
        ("dans le 29200 svp", BREST),
        ("je suis sur Saint-Brieuc", "22278"),
        ("st brieuc", "22278"),
        ("Plouhinec dans le Morbihan", "56169"),
        ("plutôt côté Pontivy", "56178"),
        ("près de Brest", BREST),
        ("dans le pays de Brest", BREST),
        ("Brest métropole", BREST),
    ],
)
def test_a_commune_that_is_named_is_read(text: str, insee: str) -> None:
    found = commune_in(text)
    assert found
    assert found.insee == insee


@pytest.mark.parametrize(
    "text",
    ["je veux parler à quelqu'un", "j'ai 29 ans", "à Paris", "mon RSA est coupé", "", "???", "j'habite à Plouhinec"],
)
def test_nothing_is_guessed(text: str) -> None:
    assert commune_in(text) is None


def test_every_commune_is_read_by_its_name_unless_another_bears_it_far_away() -> None:
    unread = [one.name for one in communes().values() if commune_in(f"J'habite à {one.name}") is None]
    assert len(unread) <= 12


@pytest.mark.parametrize(
    ("text", "insee"),
    [
        ("Quimper", QUIMPER),
        ("à Quimper svp", QUIMPER),
        ("moi c'est Landerneau", LANDERNEAU),
        ("29200", BREST),
        ("Brest 29200", BREST),
        ("Plouhinec dans le Morbihan", "56169"),
        ("Plouhinec 56680", "56169"),
        ("je suis sur Saint-Brieuc et je cherche du travail", "22278"),
        ("j'habite à Quimper et je cherche une formation à Rennes", QUIMPER),
        ("je cherche une formation à Rennes, j'habite à Quimper", QUIMPER),
        ("ma commune c'est Landerneau", LANDERNEAU),
        ("Saint-Jean-sur-Vilaine", "35283"),
    ],
)
def test_where_somebody_lives_is_read(text: str, insee: str) -> None:
    found = home_in(text)
    assert found
    assert found.insee == insee


@pytest.mark.parametrize(
    "text",
    [
        "une formation à Rennes",
        "formation soudeur à Rennes",
        "je cherche du travail sur Brest",
        "je suis en formation à Rennes",
        "mon rendez-vous à Quimper est quand",
        "y a t il un logement à Vannes",
        "je veux parler à quelqu'un",
        "à Paris",
        "",
    ],
)
def test_where_something_else_is_says_nothing_of_a_home(text: str) -> None:
    assert home_in(text) is None
