from datetime import date

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.communes import communes, distance_km
from api.training.search import page
from api.training.wish import Wish
from tests import factories
from tests.factories import BREST, LANDERNEAU, QUIMPER

TODAY = date(2026, 12, 1)
CENTRE = communes()[BREST]


@pytest.mark.parametrize("insee", [BREST, LANDERNEAU, QUIMPER])
async def test_the_database_measures_as_python_does(session: AsyncSession, insee: str) -> None:
    made = await factories.training_session(session, await factories.training(session), insee)

    found = await page(session, Wish(trade="soudure"), CENTRE, TODAY, within=None, shown=[])

    assert found.offers[0].km == pytest.approx(distance_km(CENTRE, made), abs=1e-6)


@pytest.mark.parametrize(("within", "count"), [(10.0, 0), (17.0, 0), (20.0, 1), (None, 1)])
async def test_the_limit_is_a_circle(session: AsyncSession, within: float | None, count: int) -> None:
    await factories.training_session(session, await factories.training(session), LANDERNEAU)

    found = await page(session, Wish(trade="soudure"), CENTRE, TODAY, within=within, shown=[])

    assert len(found.offers) == found.left == count


async def test_a_course_of_two_trades_is_found_by_each(session: AsyncSession) -> None:
    course = await factories.training(session, trades=["soudure", "chaudronnerie"])
    await factories.training_session(session, course)

    for trade in ("soudure", "chaudronnerie"):
        assert (await page(session, Wish(trade=trade), CENTRE, TODAY, within=30, shown=[])).left == 1
    assert (await page(session, Wish(trade="plomberie"), CENTRE, TODAY, within=30, shown=[])).left == 0
