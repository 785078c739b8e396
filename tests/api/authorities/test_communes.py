"""A commune is found by the name that people give it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.authorities.communes import Commune, communes, distance_km, named
from api.core.folding import fold

ALL = sorted(communes().values(), key=lambda commune: commune.insee)


def test_the_four_departements_have_1202_communes() -> None:
    assert len(communes()) == 1202
    assert {commune.departement for commune in ALL} == {"22", "29", "35", "56"}


@pytest.mark.parametrize("commune", [pytest.param(found, id=found.insee) for found in ALL[::40]])
def test_every_commune_answers_to_its_own_name(commune: Commune) -> None:
    assert commune in named(fold(commune.name))


@pytest.mark.parametrize(
    ("said", "insee"),
    [
        ("brest", "29019"),
        ("saint brieuc", "22278"),
        ("st brieuc", "22278"),
        ("ste anne d auray", "56263"),
        ("le relecq kerhuon", "29235"),
        ("relecq kerhuon", "29235"),
        ("le redon", "35236"),
        ("l hopital camfrout", "29080"),
        ("hopital camfrout", "29080"),
        ("le st", "56201"),
        ("carhaix", "29024"),
        ("lamballe", "22093"),
        ("le relecq", "29235"),
        ("mur de bretagne", "22158"),
    ],
)
def test_a_commune_answers_to_its_everyday_names(said: str, insee: str) -> None:
    assert [commune.insee for commune in named(said)] == [insee]


@pytest.mark.parametrize("said", ["", "paris", "st", "saint", "cours", "la", "brest metropole"])
def test_what_names_no_commune_finds_none(said: str) -> None:
    assert named(said) == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [("plouhinec", ["56169", "29197"]), ("le faouet", ["56057", "22057"]), ("faouet", ["56057", "22057"])],
)
def test_namesakes_come_most_populous_first(said: str, expected: list[str]) -> None:
    assert [commune.insee for commune in named(said)] == expected


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [("29019", "29019", 0), ("29019", "29232", 53), ("29019", "35238", 209), ("35238", "35047", 9)],
)
def test_distances_are_those_of_a_map(one: str, other: str, km: int) -> None:
    assert distance_km(communes()[one], communes()[other]) == pytest.approx(km, abs=3)


@given(st.sampled_from(ALL), st.sampled_from(ALL))
def test_a_distance_is_the_same_both_ways_and_never_leaves_brittany(one: Commune, other: Commune) -> None:
    there, back = distance_km(one, other), distance_km(other, one)
    assert there == pytest.approx(back)
    assert 0 <= there < 300
