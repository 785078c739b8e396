"""A commune is read where one is named, and nowhere else."""

import pytest

from api.authorities.communes import communes
from api.authorities.naming import commune_in
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
