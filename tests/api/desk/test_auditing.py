"""Auditors read who looked at whose file, of their authority, and nothing else."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities.tables import Authority, AuthorityKind
from api.caseworkers.accounts import Account
from api.caseworkers.tables import Caseworker, Role
from api.core.clock import PARIS
from api.core.errors import NotAllowedHere
from api.desk.auditing import PAGE, Wanted, journal
from api.desk.journal_words import OTHER
from api.desk.tables import Access
from tests import factories

READ = "/desk/escalations/{escalation}"


def at(day: int, hour: int = 10, minute: int = 0) -> datetime:
    """In November 2026, Paris time."""
    return datetime(2026, 11, day, hour, minute, tzinfo=PARIS)


def auditor(team: UUID, authority: str = factories.AUTHORITY, role: Role = Role.auditor) -> Account:
    """Somebody signed in who looks at nobody's file."""
    return Account(team, "Sarah Le Bris", "Sarah", role, team, authority)


async def look(session: AsyncSession, worker: Caseworker, moment: datetime, **given: object) -> None:
    made = {"what": READ, "created_at": moment} | given
    session.add(Access(caseworker_id=worker.id, **made))
    await session.flush()


async def elsewhere(session: AsyncSession) -> Caseworker:
    """A colleague of another authority."""
    made = Authority(
        code="cd56",
        name="Département du Morbihan",
        kind=AuthorityKind.departement,
        departement="56",
        phone="+33261910056",
        address="1 rue des Ajoncs, 56000 Vannes",
        hours={},
    )
    session.add(made)
    await session.flush()
    team = await factories.organisation(session, authority_code="cd56", name="CDAS de Vannes")
    return await factories.caseworker(session, organisation_id=team.id, first_name="Gaël")


async def test_an_entry_says_who_what_when_and_whose_file(session: AsyncSession) -> None:
    worker = await factories.caseworker(session)
    person = await factories.person(session, last_name="Tréguidel")
    await look(session, worker, at(24), beneficiary_id=person.id)
    await look(session, worker, at(25), what="/desk/nowhere")
    [second, first] = (await journal(session, auditor(worker.organisation_id), Wanted())).items
    assert (first.at, first.who, first.what) == (at(24), "Nolwenn Kerdoncuff", "Demande lue")
    assert first.person == "Maëlle Tréguidel"
    assert (second.what, second.person) == (OTHER, None)


async def test_an_act_upon_an_account_says_whose_until_they_are_erased(session: AsyncSession) -> None:
    worker = await factories.caseworker(session)
    whose = await factories.caseworker(session, organisation_id=worker.organisation_id, first_name="Gwenola")
    await look(session, worker, at(24), what="/desk/accounts/{caseworker}/deactivate", account_id=whose.id)
    who = auditor(worker.organisation_id)
    [entry] = (await journal(session, who, Wanted())).items
    assert (entry.what, entry.person, entry.account) == ("Compte désactivé", None, "Gwenola Kerdoncuff")
    await session.delete(whose)
    await session.flush()
    [entry] = (await journal(session, who, Wanted())).items
    assert (entry.who, entry.account) == ("Nolwenn Kerdoncuff", None)


async def test_another_authority_s_colleagues_are_seen_only_at_files_of_ours(session: AsyncSession) -> None:
    worker, stranger = await factories.caseworker(session), await elsewhere(session)
    ours = await factories.person(session)
    theirs = await factories.person(session, last_name="Tréguidel", authority_code="cd56")
    await look(session, stranger, at(24), beneficiary_id=ours.id)
    await look(session, stranger, at(25), beneficiary_id=theirs.id)
    await look(session, stranger, at(26), what="/desk/accounts")
    shown = await journal(session, auditor(worker.organisation_id), Wanted())
    assert [(one.at, one.person) for one in shown.items] == [(at(24), "Maëlle Le Goff")]
    assert [one.id for one in shown.caseworkers] == [worker.id]
    assert (await journal(session, auditor(stranger.organisation_id, "cd56"), Wanted())).total == 3


@pytest.mark.parametrize(
    ("wanted", "days"),
    [
        pytest.param(Wanted(), [26, 25, 24], id="all, the last first"),
        pytest.param(Wanted(since=date(2026, 11, 25)), [26, 25], id="since a day, itself included"),
        pytest.param(Wanted(until=date(2026, 11, 25)), [25, 24], id="until a day, all of it"),
        pytest.param(Wanted(since=date(2026, 11, 27)), [], id="none"),
    ],
)
async def test_it_is_filtered_by_days_of_paris(session: AsyncSession, wanted: Wanted, days: list[int]) -> None:
    worker = await factories.caseworker(session)
    # The first is of the day before by UTC, the second until its last minute.
    for moment in (at(24), at(25, 23, 59), at(26, 0, 1)):
        await look(session, worker, moment)
    shown = await journal(session, auditor(worker.organisation_id), wanted)
    assert [one.at.astimezone(PARIS).day for one in shown.items] == days


async def test_it_is_filtered_by_caseworker_and_comes_by_pages(session: AsyncSession) -> None:
    worker = await factories.caseworker(session)
    other = await factories.caseworker(session, organisation_id=worker.organisation_id)
    await look(session, other, at(20))
    for minute in range(PAGE + 2):
        await look(session, worker, at(24) + timedelta(minutes=minute))
    who, wanted = auditor(worker.organisation_id), Wanted(caseworker=worker.id)
    first, second = await journal(session, who, wanted), await journal(session, who, wanted, PAGE)
    assert (first.total, len(first.items), len(second.items)) == (PAGE + 2, PAGE, 2)
    assert {one.at for one in first.items} & {one.at for one in second.items} == set()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.auditor])
async def test_no_other_role_reads_it(session: AsyncSession, role: Role) -> None:
    worker = await factories.caseworker(session)
    with pytest.raises(NotAllowedHere):
        await journal(session, auditor(worker.organisation_id, role=role), Wanted())
