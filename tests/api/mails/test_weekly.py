"""Once a week a team reads how many people no SMS reaches, and never who they are."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.tables import OrganisationKind
from api.core.clock import PARIS
from api.core.database import Database
from api.mails.tables import MailKind
from api.mails.weekly import weekly
from tests import factories
from tests.api.mails.waiting import DESK, at, mails, team

TEAM = "cdas.brest@exemple.fr"
MONDAY = at(23, 8)
HOLIDAY, TUESDAY = datetime(2027, 3, 29, 8, tzinfo=PARIS), datetime(2027, 3, 30, 8, tzinfo=PARIS)
"""Easter Monday, and the day after."""


async def unreached(session: AsyncSession, since: datetime = MONDAY, **given: object) -> None:
    """Somebody without a telephone, expected in three days."""
    person = await factories.person(session, **given)
    await factories.appointment(session, person, since + timedelta(days=3))


@pytest.mark.parametrize(("count", "said"), [(1, "à 1 personne que vous suivez"), (3, "à 3 personnes que vous suivez")])
async def test_it_says_how_many_and_where_and_not_who(session: AsyncSession, count: int, said: str) -> None:
    ours = await team(session, email=TEAM)
    for _ in range(count):
        await unreached(session, organisation_id=ours.id)
    await weekly(session, DESK, MONDAY)
    (letter,) = await mails(session)
    assert (letter.kind, letter.recipient) == (MailKind.unreached, TEAM)
    assert letter.text
    assert said in letter.text
    assert f"{DESK}/unreached" in letter.text
    assert "Maëlle" not in letter.text + letter.subject
    assert "Goff" not in letter.text + letter.subject


async def test_each_team_counts_its_own_and_whoever_is_in_no_list_is_not_counted(session: AsyncSession) -> None:
    ours, theirs = await team(session, email=TEAM), await team(session, email="cdas.quimper@exemple.fr")
    await unreached(session, organisation_id=ours.id)
    await unreached(session, organisation_id=ours.id, confidential=True)
    await unreached(session, organisation_id=ours.id, phone="+33639980001")
    await unreached(session, organisation_id=theirs.id)
    await unreached(session)
    await weekly(session, DESK, MONDAY)
    assert (
        sorted(letter.subject for letter in await mails(session))
        == ["Cette semaine : nos SMS n'arrivent pas à 1 personne"] * 2
    )


async def test_a_team_that_may_not_see_the_list_is_not_told_of_it(session: AsyncSession) -> None:
    await unreached(session, organisation_id=(await team(session, email=TEAM, kind=OrganisationKind.siae)).id)
    await weekly(session, DESK, MONDAY)
    assert await mails(session) == []


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        pytest.param(at(23, 7, 59), 0, id="before eight"),
        pytest.param(at(23, 11, 59), 1, id="later in the morning"),
        pytest.param(at(23, 12), 0, id="in the afternoon"),
        pytest.param(at(24, 8), 0, id="on a Tuesday"),
        pytest.param(HOLIDAY, 0, id="on Easter Monday"),
        pytest.param(TUESDAY, 1, id="on the Tuesday after"),
    ],
)
async def test_it_comes_on_the_first_working_day_of_a_week(session: AsyncSession, moment: datetime, told: int) -> None:
    await unreached(session, moment, organisation_id=(await team(session, email=TEAM)).id)
    await weekly(session, DESK, moment)
    assert len(await mails(session)) == told


async def test_many_workers_write_it_once_a_week(database: Database) -> None:
    async with database.transaction() as session:
        await unreached(session, organisation_id=(await team(session, email=TEAM)).id)

    async def one(moment: datetime) -> None:
        async with database.transaction() as session:
            await weekly(session, DESK, moment)

    await asyncio.gather(*(one(at(23, 8, minute)) for minute in (0, 0, 1, 2)))
    await one(at(23, 9))
    async with database.transaction() as session:
        await unreached(session, organisation_id=(await team(session, email="cdas.quimper@exemple.fr")).id)
    await one(at(23, 10))
    async with database.transaction() as session:
        assert [letter.recipient for letter in await mails(session)] == [TEAM]
