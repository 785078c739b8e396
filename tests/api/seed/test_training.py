"""The demonstration's courses give each refinement of a search something to find, and something to miss."""

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.communes import communes
from api.seed import files
from api.seed.training import sessions, trainings
from api.training.search import page
from api.training.tables import Teaching, Training, TrainingSession
from api.training.wish import Wish
from tests.factories import BREST

DAY = date(2026, 11, 23)
FAR = date(2027, 10, 1)


@pytest.fixture
async def planted(session: AsyncSession) -> AsyncSession:
    session.add_all([Training(**row) for row in trainings()])
    await session.flush()
    session.add_all([TrainingSession(**row) for row in sessions(DAY)])
    await session.flush()
    return session


async def found(session: AsyncSession, wish: Wish) -> int:
    return (await page(session, wish, communes()[BREST], DAY, within=None, shown=[])).left


@pytest.mark.parametrize(
    ("rule", "some", "none"),
    [
        ("no diploma", Wish("soudure", no_diploma=True), Wish("developpement_web", no_diploma=True)),
        ("from home", Wish("developpement_web", remote=True), Wish("soudure", remote=True)),
        ("later", Wish("soudure", begins_after=date(2027, 2, 23)), Wish("soudure", begins_after=FAR)),
        (
            "from home and no diploma",
            Wish("bureautique", no_diploma=True, remote=True),
            Wish("comptabilite", no_diploma=True, remote=True),
        ),
    ],
)
async def test_a_refinement_has_its_case_and_its_empty_case(
    planted: AsyncSession, rule: str, some: Wish, none: Wish
) -> None:
    assert await found(planted, some), rule
    assert not await found(planted, none), rule
    assert await found(planted, Wish(none.trade)), rule


async def test_some_courses_are_followed_from_home_and_some_in_part(planted: AsyncSession) -> None:
    query = select(TrainingSession.teaching, func.count()).group_by(TrainingSession.teaching)
    by_teaching = {row[0]: row[1] for row in await planted.execute(query)}

    assert by_teaching[Teaching.remote] >= 6
    assert by_teaching[Teaching.mixed] >= 3
    assert by_teaching[Teaching.onsite] >= 150


def test_every_course_says_its_pace_and_most_ask_for_no_diploma() -> None:
    levels = [entry.get("level") for entry in files.trainings()]

    assert [entry["title"] for entry in files.trainings() if not entry["pace"]] == []
    assert set(levels) == {None, "CAP", "bac"}
    assert levels.count(None) > len(levels) / 2
