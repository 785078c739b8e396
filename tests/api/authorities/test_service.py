"""Every commune has the collectivité that follows its people."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.communes import communes
from api.authorities.service import authority_for_commune, authority_of, names_of
from api.core.errors import NotFound
from tests import factories


@pytest.mark.parametrize(
    ("insee", "code"),
    [
        ("29019", "brest"),
        ("29075", "brest"),
        ("29232", "cd29"),
        ("35238", "rennes"),
        ("35288", "cd35"),
        ("22278", "cd22"),
        ("56260", "cd56"),
    ],
)
def test_a_commune_of_a_metropole_is_the_metropoles_and_any_other_its_departements(insee: str, code: str) -> None:
    assert authority_for_commune(insee) == code


def test_brest_follows_8_communes_and_rennes_43() -> None:
    codes = [authority_for_commune(insee) for insee in communes()]
    assert (codes.count("brest"), codes.count("rennes")) == (8, 43)
    assert set(codes) == {"brest", "rennes", "cd22", "cd29", "cd35", "cd56"}


def test_a_commune_outside_brittany_has_none() -> None:
    with pytest.raises(NotFound, match="unknown_commune"):
        authority_for_commune("75056")


async def test_an_authority_is_found_by_its_code(session: AsyncSession) -> None:
    made = await factories.authority(session)
    assert await authority_of(session, made.code) is made


async def test_an_unknown_code_is_refused(session: AsyncSession) -> None:
    with pytest.raises(NotFound, match="unknown_authority"):
        await authority_of(session, "cd75")


async def test_a_team_is_named_with_its_authority(session: AsyncSession) -> None:
    team = await factories.organisation(session, name="CDAS de Brest")
    assert await names_of(session, team.id) == ("CDAS de Brest", "Département du Finistère")
