"""Who follows a person: their journal says it, or else their file; never somebody of before a move."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.tables import Authority, AuthorityKind
from api.caseworkers.reaching import Absence, Reach
from api.caseworkers.service import followed_by
from api.core.clock import PARIS
from api.pathways.state import State
from tests import factories

# A Wednesday: the authority of the tests is open on Monday mornings.
NOW = datetime(2026, 11, 25, 10, tzinfo=PARIS)
NOWHERE = State()
AFTERNOONS = {"wed": [["14:00", "17:00"]]}
MORNINGS = {"wed": [["09:00", "12:00"]]}


async def test_a_file_without_anybody_is_followed_by_nobody(session: AsyncSession) -> None:
    found = await followed_by(session, await factories.person(session), NOWHERE, NOW)

    assert (found.caseworker, found.stand_in, found.team) == (None, None, None)


async def test_the_file_names_the_professional_and_the_team(session: AsyncSession) -> None:
    worker = await factories.caseworker(session)
    person = await factories.person(session, caseworker_id=worker.id)

    found = await followed_by(session, person, NOWHERE, NOW)

    assert found.caseworker
    assert found.team
    assert (found.caseworker.name, found.caseworker.phone) == ("Nolwenn Kerdoncuff", "+33261910011")
    assert found.team.name == "Centre départemental d'action sociale"
    assert found.absence is None


async def test_the_journal_comes_before_the_file(session: AsyncSession) -> None:
    old, new = await factories.caseworker(session), await factories.caseworker(session, first_name="Ronan")
    person = await factories.person(session, caseworker_id=old.id)

    found = await followed_by(session, person, State(caseworker=new.id), NOW)

    assert found.caseworker
    assert found.caseworker.name == "Ronan Kerdoncuff"


async def test_without_a_professional_there_is_the_team(session: AsyncSession) -> None:
    team, oriented = await factories.organisation(session), await factories.organisation(session, name="PLIE")
    person = await factories.person(session, organisation_id=team.id)

    by_file = await followed_by(session, person, NOWHERE, NOW)
    by_journal = await followed_by(session, person, State(organisation=oriented.id), NOW)

    assert by_file.team
    assert by_journal.team
    assert (by_file.caseworker, by_file.team.name, by_journal.team.name) == (None, team.name, "PLIE")


async def test_who_has_left_follows_nobody_any_more(session: AsyncSession) -> None:
    worker = await factories.caseworker(session, active=False)
    person = await factories.person(session, caseworker_id=worker.id, organisation_id=worker.organisation_id)

    found = await followed_by(session, person, State(caseworker=worker.id), NOW)

    assert found.caseworker is None
    assert found.team


async def test_hours_are_their_own_else_the_teams_else_the_authoritys(session: AsyncSession) -> None:
    team = await factories.organisation(session, hours=AFTERNOONS)
    of_their_own = await factories.caseworker(session, organisation_id=team.id, hours=MORNINGS)
    of_the_team = await factories.caseworker(session, organisation_id=team.id)
    of_the_authority = await factories.caseworker(session)

    found = [
        await followed_by(session, await factories.person(session, caseworker_id=worker.id), NOWHERE, NOW)
        for worker in (of_their_own, of_the_team, of_the_authority)
    ]

    reached = [following.caseworker.reach for following in found if following.caseworker]
    assert reached == [
        Reach(True, None),
        Reach(False, datetime(2026, 11, 25, 14, tzinfo=PARIS)),
        Reach(False, datetime(2026, 11, 30, 8, 30, tzinfo=PARIS)),
    ]


@pytest.mark.parametrize(
    ("rule", "away", "stand_in", "absence", "replaced"),
    [
        ("away", {"absent_from": date(2026, 11, 20), "absent_until": date(2026, 12, 5)}, {}, True, True),
        ("away for who knows how long", {"absent_from": date(2026, 11, 20)}, {}, True, True),
        ("from tomorrow on", {"absent_from": date(2026, 11, 26)}, {}, False, False),
        ("until yesterday", {"absent_from": date(2026, 11, 2), "absent_until": date(2026, 11, 24)}, {}, False, False),
        ("both away", {"absent_from": date(2026, 11, 20)}, {"absent_from": date(2026, 11, 24)}, True, False),
        ("the other has left", {"absent_from": date(2026, 11, 20)}, {"active": False}, True, False),
    ],
)
async def test_whoever_stands_in_is_there(
    session: AsyncSession, rule: str, away: dict[str, Any], stand_in: dict[str, Any], absence: bool, replaced: bool
) -> None:
    other = await factories.caseworker(session, first_name="Ronan", hours=MORNINGS, **stand_in)
    worker = await factories.caseworker(session, stand_in_id=other.id, **away)
    person = await factories.person(session, caseworker_id=worker.id)

    found = await followed_by(session, person, NOWHERE, NOW)

    expected = Absence(away["absent_from"], away.get("absent_until")) if absence else None
    assert found.absence == expected, rule
    assert (found.stand_in is not None) is replaced, rule
    assert not found.stand_in or found.stand_in.reach == Reach(True, None)


async def test_after_a_move_a_file_that_was_not_written_since_names_nobody(session: AsyncSession) -> None:
    morbihan = Authority(
        code="cd56",
        name="Département du Morbihan",
        kind=AuthorityKind.departement,
        departement="56",
        phone="+33261910056",
        address="1 place des Ajoncs, 56000 Vannes",
        hours={},
    )
    session.add(morbihan)
    await session.flush()
    before = await factories.caseworker(session)
    person = await factories.person(session, caseworker_id=before.id, organisation_id=before.organisation_id)
    there = await factories.organisation(session, authority_code="cd56", name="Centre de Vannes")

    stale = await followed_by(session, person, State(authority="cd56"), NOW)
    person.organisation_id = there.id
    fresh = await followed_by(session, person, State(authority="cd56"), NOW)

    assert (stale.caseworker, stale.team) == (None, None)
    assert fresh.team
    assert (fresh.caseworker, fresh.team.name) == (None, "Centre de Vannes")
