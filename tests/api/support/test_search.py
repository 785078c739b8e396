from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.communes import communes, distance_km
from api.support.search import Reach, page
from api.support.themes import themes
from tests import factories
from tests.factories import BREST, LANDERNEAU, QUIMPER, RENNES

CENTRE = communes()[BREST]
LICENCE = themes()["permis"]
REMOTE = ["a-distance"]


async def names(session: AsyncSession, code: str = "permis", farthest: Reach = Reach.far) -> list[str]:
    found = await page(session, themes()[code], CENTRE, farthest=farthest, shown=[])
    return [help.service.name for help in found.helps]


@pytest.mark.parametrize("insee", [BREST, LANDERNEAU, QUIMPER])
async def test_the_database_measures_as_python_does(session: AsyncSession, insee: str) -> None:
    made = await factories.service(session, insee)

    found = await page(session, LICENCE, CENTRE, farthest=Reach.far, shown=[])

    assert found.helps[0].km == pytest.approx(distance_km(CENTRE, made), abs=1e-6)


@pytest.mark.parametrize(
    ("rule", "insee", "given", "reach"),
    [
        ("in the same town", BREST, {}, Reach.near),
        ("half an hour away", LANDERNEAU, {}, Reach.near),
        ("beyond the surroundings", QUIMPER, {}, Reach.far),
        ("by telephone, wherever it is", RENNES, {"reception": REMOTE}, Reach.remote),
        ("by telephone, even next door", BREST, {"reception": REMOTE}, Reach.remote),
        ("both ways and near", BREST, {"reception": ["en-presentiel", "a-distance"]}, Reach.near),
        ("both ways and far", RENNES, {"reception": ["en-presentiel", "a-distance"]}, Reach.remote),
        ("nothing is said of how", BREST, {"reception": []}, Reach.near),
    ],
)
async def test_a_service_is_visited_near_or_reached_from_a_distance(
    session: AsyncSession, rule: str, insee: str, given: dict[str, Any], reach: Reach
) -> None:
    await factories.service(session, insee, **given)

    found = await page(session, LICENCE, CENTRE, farthest=Reach.far, shown=[])

    assert [help.reach for help in found.helps] == [reach], rule
    for farthest in Reach:
        held = await page(session, LICENCE, CENTRE, farthest=farthest, shown=[])
        assert held.left == (1 if reach <= farthest else 0), rule


async def test_near_comes_before_remote_and_remote_before_far(session: AsyncSession) -> None:
    await factories.service(session, QUIMPER, name="Loin")
    await factories.service(session, RENNES, name="Par téléphone", reception=REMOTE)
    await factories.service(session, LANDERNEAU, name="À côté")
    await factories.service(session, BREST, name="Ici")

    found = await page(session, LICENCE, CENTRE, farthest=Reach.far, shown=[])

    assert [help.service.name for help in found.helps] == ["Ici", "À côté", "Par téléphone"]
    assert found.left == 4


@pytest.mark.parametrize(
    ("zone", "shown"),
    [([], True), (["29"], True), ([BREST], True), (["22", "29"], True), (["35"], False), ([RENNES], False)],
)
async def test_a_service_kept_for_others_is_not_shown(session: AsyncSession, zone: list[str], shown: bool) -> None:
    await factories.service(session, zone=zone)

    assert bool(await names(session)) is shown


async def test_one_service_of_one_structure_is_told_where_it_is_nearest(session: AsyncSession) -> None:
    for insee in (QUIMPER, BREST, LANDERNEAU):
        await factories.service(session, insee)
    await factories.service(session, LANDERNEAU, structure="Une autre structure")

    found = await page(session, LICENCE, CENTRE, farthest=Reach.far, shown=[])

    assert [help.service.commune_insee for help in found.helps] == [BREST, LANDERNEAU]


async def test_a_service_of_two_themes_is_found_by_each_and_no_other(session: AsyncSession) -> None:
    await factories.service(session, themes=["mobilite--preparer-un-permis", "mobilite--financer-ma-mobilite"])

    assert await names(session, "permis")
    assert await names(session, "transport")
    assert await names(session, "voiture") == []


@pytest.mark.parametrize(
    ("told", "code", "found"),
    [
        ({"name": "Prêt de VÉLOS"}, "velo", True),
        ({"name": "Covoiturage"}, "velo", False),
        ({"name": "Covoiturage"}, "transport", True),
        ({"name": "Prêt", "description": "Un vélo pour six mois."}, "velo", True),
    ],
)
async def test_a_theme_narrower_than_its_subject_wants_its_own_word(
    session: AsyncSession, told: dict[str, str], code: str, found: bool
) -> None:
    await factories.service(session, themes=["mobilite--mobilite-douce-partagee-collective"], **told)

    assert bool(await names(session, code)) is found


async def test_what_was_shown_does_not_come_again(session: AsyncSession) -> None:
    for name in "ABCDE":
        await factories.service(session, name=name)

    first = await page(session, LICENCE, CENTRE, farthest=Reach.near, shown=[])
    shown = [str(help.service.id) for help in first.helps]
    second = await page(session, LICENCE, CENTRE, farthest=Reach.near, shown=shown)

    assert ([help.service.name for help in first.helps], first.left) == (["A", "B", "C"], 5)
    assert ([help.service.name for help in second.helps], second.left) == (["D", "E"], 2)
