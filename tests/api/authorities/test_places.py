import pytest

from api.authorities.communes import Commune, communes, distance_km, named
from api.authorities.places import (
    Where,
    as_told,
    candidates,
    clue,
    departement_in,
    meant,
    moved,
    namesakes,
    of_postal_code,
)

AUDIERNE, LORIENT, RENNES = communes()["29003"], communes()["56121"], communes()["35238"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("dans le finistere", "29"),
        ("plouhinec cotes d armor", "22"),
        ("celui du 56", "56"),
        ("plouhinec 29780", "29780"),
        ("formation a brest", None),
        ("j ai 35 ans", None),
        ("une formation de 35 heures", None),
        ("le 75", None),
        ("290 personnes", None),
    ],
)
def test_a_departement_or_a_postal_code_is_a_clue(text: str, told: str | None) -> None:
    assert clue(text) == told


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("finistere sud", "29"),
        ("les cotes d armor", "22"),
        ("le 29", "29"),
        ("une formation dans le 56", "56"),
        ("departement 22", "22"),
        ("il me reste rien le 29", None),
        ("dans 35 jours", None),
        ("j ai 35 ans", None),
        ("", None),
    ],
)
def test_a_departement_is_a_place_where_nothing_else_is_meant(text: str, code: str | None) -> None:
    assert departement_in(text) == code


def test_each_code_of_rennes_is_rennes() -> None:
    assert [of_postal_code(code) for code in ("35000", "35200", "35700")] == [[RENNES]] * 3


def test_a_code_that_a_person_writes_is_a_postal_code() -> None:
    """22300 is also the INSEE code of Saint-Hervé."""
    assert [commune.name for commune in of_postal_code("22300")] == ["Lannion"]
    assert moved(Where(hint="22300"), None) == ("22113", [])


@pytest.mark.parametrize(
    ("rule", "hint", "around", "insee"),
    [
        ("a département tells", "29", [], "29197"),
        ("a postal code tells", "56680", [], "56169"),
        ("living near one tells", None, [AUDIERNE], "29197"),
        ("having looked near one tells", None, [LORIENT], "56169"),
        ("the hint counts before where one lives", "29", [LORIENT], "29197"),
        ("living far from both tells nothing", None, [RENNES], None),
        ("a département of neither tells nothing", "35", [], None),
        ("nothing tells nothing", None, [], None),
    ],
)
def test_two_communes_of_one_name_need_a_clue(
    rule: str, hint: str | None, around: list[Commune], insee: str | None
) -> None:
    found = meant(named("plouhinec"), hint, around)

    assert (found.insee if found else None) == insee, rule


def test_a_name_of_one_commune_needs_no_clue() -> None:
    assert meant(named("brest"), None, []) == communes()["29019"]


def test_a_code_is_a_place() -> None:
    assert [commune.name for commune in candidates("29019")] == ["Brest"]
    assert [commune.name for commune in candidates("29200")] == ["Brest"]
    assert candidates("75056") == []


def test_what_is_told_of_a_namesake_leads_back_to_it() -> None:
    for commune in communes().values():
        assert meant(namesakes(commune), clue(as_told(commune)), []) == commune or _close_to_a_namesake(commune.insee)


def _close_to_a_namesake(insee: str) -> bool:
    commune = communes()[insee]
    return any(other != commune and distance_km(other, commune) <= 15 for other in namesakes(commune))
