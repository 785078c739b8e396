"""One's own people, and those of a colleague who is away, whoever most needs something first."""

import time
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.tables import Appointment, LocationType, Status
from api.beneficiaries.tables import Beneficiary, Fund, Household, HouseholdRole, Title
from api.caseworkers.accounts import Account
from api.caseworkers.tables import Caseworker, Role
from api.core.database import Database
from api.core.errors import NotAllowedHere
from api.desk.people import following
from api.desk.people.due import What
from api.desk.people.following import PeoplePage, Wanted
from api.desk.tables import Access
from api.escalations.tables import Escalation
from api.pathways.tables import FactKind, PathwayFact
from api.privacy.audience import Channel
from tests import factories
from tests.api.desk.conftest import NOW, Team, ask
from tests.api.desk.people.conftest import ALL, PHONE, ago, mine, silenced
from tests.api.desk.test_queue import statements

TODAY = NOW.date()


async def seen(
    session: AsyncSession, who: Account, wanted: Wanted | None = None, shown: frozenset[str] = ALL, number: int = 1
) -> PeoplePage:
    return await following.page(session, who, wanted or Wanted(), shown, NOW, number)


def names(found: PeoplePage) -> list[str]:
    return [one.name for one in found.items]


async def test_one_sees_ones_own_people_and_nobody_elses(team: Team, database: Database) -> None:
    async with database.transaction() as session:
        await mine(session, team, first_name="Rozenn")
        await mine(session, team, first_name="Denis", caseworker_id=team.ronan.id)
        # Followed elsewhere since: the file still names its former caseworker.
        await mine(session, team, first_name="Nadia", organisation_id=team.stranger.organisation_id)
        assert names(await seen(session, team.nolwenn)) == ["Rozenn Le Goff"]
        assert names(await seen(session, team.stranger)) == []


@pytest.mark.parametrize("role", [Role.administrator, Role.auditor])
async def test_a_role_that_reads_no_message_has_no_list(team: Team, database: Database, role: Role) -> None:
    async with database.transaction() as session:
        with pytest.raises(NotAllowedHere):
            await seen(session, replace(team.nolwenn, role=role))


@pytest.mark.parametrize(("since", "until", "expected"), [(-3, 4, True), (-3, -1, False), (1, 9, False)])
async def test_a_stand_in_sees_the_people_of_whoever_is_away_today(
    team: Team, database: Database, since: int, until: int, expected: bool
) -> None:
    async with database.transaction() as session:
        await mine(session, team)
        nolwenn = await session.get_one(Caseworker, team.nolwenn.id)
        nolwenn.absent_from, nolwenn.absent_until = TODAY + timedelta(days=since), TODAY + timedelta(days=until)
        nolwenn.stand_in_id = team.ronan.id
        found = await seen(session, team.ronan)
        await seen(session, team.ronan)
        looks = list(await session.scalars(select(Access.what)))
    assert [one.instead_of for one in found.items] == ([team.nolwenn.name] if expected else [])
    # A list with colleagues' people is one look, however many pages and filters.
    assert looks == (["/desk/people"] if expected else [])


async def test_whoever_most_needs_something_comes_first(team: Team, database: Database) -> None:
    async with database.transaction() as session:
        await mine(session, team, first_name="Calme", phone="+33639982911")
        await mine(session, team, first_name="Muette", phone=None)
        late = await mine(session, team, first_name="Contrat", phone="+33639982912")
        missed = await mine(session, team, first_name="Manqué", phone="+33639982913")
        for one in await session.scalars(select(Beneficiary).where(Beneficiary.id != missed.id)):
            await factories.appointment(session, one, ago(2), status=Status.seen)
        await factories.appointment(session, missed, ago(20), status=Status.seen)
        await factories.appointment(session, missed, ago(1), status=Status.noshow)
        ends_on = (TODAY + timedelta(days=9)).isoformat()
        await factories.pathway_fact(session, late.id, "contract_signed", TODAY - timedelta(days=80), ends_on=ends_on)
        found = await seen(session, team.nolwenn)
    assert [one.name.split()[0] for one in found.items] == ["Contrat", "Manqué", "Muette", "Calme"]
    assert found.items[0].contract_ends_on == TODAY + timedelta(days=9)
    assert found.items[0].stage == "Contrat signé"
    assert [(one.channel, one.last_contact_on) for one in found.items[2:]] == [
        ("none", date(2026, 11, 23)),
        ("sms", date(2026, 11, 23)),
    ]


async def test_a_request_that_waits_for_the_person_is_due_after_a_week(team: Team, database: Database) -> None:
    async with database.transaction() as session:
        person = await mine(session, team)
        row = await ask(session, replace(team, person=person))
        row.answered_at = ago(8)
        there = await ask(session, replace(team, person=await mine(session, team, phone="+33639982911")))
        there.answered_at, there.organisation_id = ago(8), team.stranger.organisation_id
        await session.flush()
        found = await seen(session, team.nolwenn, Wanted(What.no_answer))
    assert [one.id for one in found.items] == [person.id]


async def test_the_list_is_filtered_by_what_is_due_and_by_name(team: Team, database: Database) -> None:
    async with database.transaction() as session:
        await mine(session, team, first_name="Maëva", last_name="Tréguidel")
        await mine(session, team, first_name="Paol", last_name="Quéménadec", phone="+33639982911")
        await silenced(session, PHONE)
        assert names(await seen(session, team.nolwenn, Wanted(What.unreachable))) == ["Maëva Tréguidel"]
        assert names(await seen(session, team.nolwenn, Wanted(search="QUEMENADEC pa"))) == ["Paol Quéménadec"]
        assert names(await seen(session, team.nolwenn, Wanted(search="%"))) == []


async def test_what_an_organisation_may_not_see_is_not_in_its_list(team: Team, database: Database) -> None:
    async with database.transaction() as session:
        person = await mine(session, team, phone=None)
        await factories.appointment(session, person, ago(3), status=Status.noshow)
        await factories.appointment(session, person, ago(-3))
        ends_on = (TODAY + timedelta(days=9)).isoformat()
        await factories.pathway_fact(session, person.id, "contract_signed", TODAY - timedelta(days=80), ends_on=ends_on)
        [hidden] = (await seen(session, team.nolwenn, shown=frozenset())).items
        [shown] = (await seen(session, team.nolwenn)).items
    assert (hidden.commune, hidden.stage, hidden.contract_ends_on, hidden.next_appointment) == (None,) * 4
    assert [one.what for one in hidden.due] == [What.unreachable]
    assert (shown.commune, shown.next_appointment) == ("Brest", "samedi 28 novembre à 10 h")


async def test_a_hundred_and_twenty_people_are_there_at_once(team: Team, database: Database) -> None:
    async with database.transaction() as session:
        await crowd(session, team, 120)
        await session.execute(text("ANALYZE"))
    async with database.transaction() as session:
        await seen(session, team.nolwenn)
    took = []
    for _ in range(5):
        async with database.transaction() as session:
            with statements(database) as asked:
                began = time.process_time()
                found = await seen(session, team.nolwenn, number=3)
                took.append(time.process_time() - began)
    assert (found.total, len(found.items)) == (120, 20)
    assert len(asked) <= 9
    # Of this process alone: what else the machine does is not the list's.
    assert min(took) < 0.1


async def crowd(session: AsyncSession, team: Team, many: int) -> None:
    """People with ten facts, five appointments and a request each."""
    ids = [uuid4() for _ in range(many)]
    house = [{"id": one, "fund": Fund.caf, "case_number": str(one)} for one in ids]
    await session.execute(insert(Household), house)
    whose = {"organisation_id": team.nolwenn.organisation_id, "caseworker_id": team.nolwenn.id}
    named = {
        "first_name": "Maëlle",
        "last_name": "Le Goff",
        "folded_first_name": "maelle",
        "folded_last_name": "le goff",
    }
    plain = {"role": HouseholdRole.demandeur, "title": Title.madame, "birth_date": date(1990, 5, 14)}
    where = {"commune_insee": factories.BREST, "authority_code": factories.AUTHORITY}
    people = [
        {"id": one, "household_id": one, "phone": f"+336399829{nth:03}", **whose, **named, **plain, **where}
        for nth, one in enumerate(ids)
    ]
    await session.execute(insert(Beneficiary), people)
    facts = [fact(one, nth) for one in ids for nth in range(10)]
    await session.execute(insert(PathwayFact), facts)
    await session.execute(insert(Appointment), [visit(team, one, nth) for one in ids for nth in range(5)])
    await session.execute(insert(Escalation), [request(team, one) for one in ids])


def fact(person: object, nth: int) -> dict[str, object]:
    told = {"source": "test", "source_id": uuid4().hex, "withdrawn": False, "detail": {}}
    kind = FactKind.contract_signed if nth == 9 else FactKind.appointment_held
    detail = {"detail": {"ends_on": TODAY.isoformat()}} if nth == 9 else {}
    return told | {"beneficiary_id": person, "kind": kind, "happened_on": TODAY - timedelta(days=100 - nth)} | detail


def visit(team: Team, person: object, nth: int) -> dict[str, object]:
    return {
        "source": "test",
        "source_id": uuid4().hex,
        "beneficiary_id": person,
        "organisation_id": team.nolwenn.organisation_id,
        "starts_at": ago(100 - nth),
        "duration_minutes": 30,
        "status": Status.seen,
        "location_type": LocationType.phone,
        "category": "rsa_follow_up",
        "title": "rendez-vous de suivi",
        "documents": [],
    }


def request(team: Team, person: object) -> dict[str, object]:
    return {
        "authority_code": factories.AUTHORITY,
        "organisation_id": team.nolwenn.organisation_id,
        "beneficiary_id": person,
        "channel": Channel.web,
        "reason": "asked",
        "kind": "to_answer",
        "line": "demande",
        "due_at": NOW,
    }
