"""A person is shown to whoever follows them or has a request of theirs, with what their organisation sees."""

from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select

from api.appointments.tables import Status
from api.beneficiaries.tables import Beneficiary
from api.caseworkers.accounts import Account
from api.conversations.tables import Author, MessageStatus
from api.core.database import Database
from api.core.errors import NotFound
from api.desk import acting
from api.desk.people.card import PersonCard, card
from api.desk.tables import Access
from api.escalations.tables import Escalation, Reason
from tests import factories
from tests.api.desk.conftest import NOW, Team, ask
from tests.api.desk.people.conftest import ALL, ago, mine

SAID = "Mon propriétaire reprend le logement"


async def shown(database: Database, who: Account, person: UUID, fields: frozenset[str] = ALL) -> PersonCard:
    async with database.transaction() as session:
        return await card(session, who, person, fields, NOW)


async def asked(database: Database, team: Team, person: Beneficiary, reason: Reason = Reason.asked) -> Escalation:
    async with database.transaction() as session:
        talk = await factories.conversation(session)
        await factories.said(session, talk, Author.person, SAID, MessageStatus.answered)
        return await ask(session, replace(team, person=person), talk.id, reason)


async def test_an_open_request_of_one_s_organisation_opens_the_file_to_be_read_and_to_nothing_else(
    team: Team, database: Database, person: Beneficiary
) -> None:
    with pytest.raises(NotFound):
        await shown(database, team.stranger, person.id)
    row = await asked(database, team, person)
    async with database.transaction() as session:
        (await session.get_one(Escalation, row.id)).organisation_id = team.stranger.organisation_id
    found = await shown(database, team.stranger, person.id)
    assert (found.can.book, found.can.mark, found.can.link, found.can.write) == (False,) * 4
    async with database.transaction() as session:
        await acting.close(session, team.stranger, row.id, row.version, "answered", NOW)
    with pytest.raises(NotFound):
        await shown(database, team.stranger, person.id)


async def test_a_look_of_whoever_is_not_the_caseworker_is_journaled_once(
    team: Team, database: Database, person: Beneficiary
) -> None:
    for who in (team.nolwenn, team.ronan, team.ronan):
        await shown(database, who, person.id)
    async with database.transaction() as session:
        looks = (await session.execute(select(Access.caseworker_id, Access.what))).all()
    assert [tuple(one) for one in looks] == [(team.ronan.id, "/desk/people/{person}")]


async def test_what_is_not_shown_is_not_there(team: Team, database: Database, person: Beneficiary) -> None:
    async with database.transaction() as session:
        await factories.appointment(session, person, ago(-3))
    await asked(database, team, person)
    hidden = await shown(database, team.nolwenn, person.id, frozenset())
    assert (hidden.fields, hidden.confidential, hidden.appointments, hidden.history) == ([], None, [], [])
    assert (hidden.can.book, hidden.can.mark) == (False, False)
    whole = await shown(database, team.nolwenn, person.id)
    assert {one.label for one in whole.fields} == {"Né(e) le", "Téléphone", "Commune"}
    assert (whole.confidential, len(whole.appointments), len(whole.history)) == (False, 1, 2)


async def test_appointments_to_come_are_first_then_the_last_five(
    team: Team, database: Database, person: Beneficiary
) -> None:
    async with database.transaction() as session:
        ours = {"organisation_id": team.nolwenn.organisation_id}
        for days in (-9, -2):
            await factories.appointment(session, person, ago(days), **ours)
        for days in range(1, 8):
            await factories.appointment(session, person, ago(days), status=Status.seen, **ours)
    found = (await shown(database, team.nolwenn, person.id)).appointments
    assert [one.starts_at for one in found] == [ago(-2), ago(-9), *(ago(days) for days in range(1, 6))]
    assert [one.can_move for one in found] == [True, True, *[False] * 5]
    assert found[0].status_label == "prévu"
    assert found[2].status_label == "honoré"


async def test_the_history_says_in_a_line_each_what_happened_and_never_what_was_said(
    team: Team, database: Database, person: Beneficiary
) -> None:
    await asked(database, team, person)
    await asked(database, team, person, Reason.callback)
    async with database.transaction() as session:
        await factories.appointment(session, person, ago(9), status=Status.noshow)
    lines = {one.label: one.what for one in (await shown(database, team.nolwenn, person.id)).history}
    assert lines == {
        "Demande : veut parler à quelqu'un (ouverte)": "request",
        "Demande : veut être rappelé (ouverte)": "call",
        "2 messages de la personne, sur le site": "messages",
        "Rendez-vous d'orientation : manqué": "appointment",
    }
    assert SAID not in str(lines)


async def test_what_was_asked_of_another_organisation_is_not_in_the_history(
    team: Team, database: Database, person: Beneficiary
) -> None:
    row = await asked(database, team, person)
    async with database.transaction() as session:
        (await session.get_one(Escalation, row.id)).organisation_id = team.stranger.organisation_id
    assert (await shown(database, team.nolwenn, person.id)).history == []


async def test_thirty_lines_at_most_the_newest_first(team: Team, database: Database, person: Beneficiary) -> None:
    async with database.transaction() as session:
        for days in range(1, 36):
            await factories.appointment(session, person, ago(days), status=Status.seen)
    found = (await shown(database, team.nolwenn, person.id)).history
    assert [one.at for one in found] == [ago(days) for days in range(1, 31)]


async def test_why_somebody_is_not_written_to_is_said(team: Team, database: Database) -> None:
    async with database.transaction() as session:
        person = await mine(session, team, confidential=True)
    found = await shown(database, team.nolwenn, person.id)
    assert (found.can.write, found.can.cannot_write) == (False, "Dossier confidentiel : rien ne part par SMS")
