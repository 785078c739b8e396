"""Texts to begin an answer with: whose they are, who may change them, and what is filled in of whom."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, update

from api.authorities.tables import Organisation, OrganisationKind
from api.beneficiaries.tables import Beneficiary
from api.caseworkers.accounts import Account
from api.caseworkers.tables import Role
from api.core.clock import PARIS
from api.core.database import Database
from api.core.errors import HentError, NotAllowedHere, NotFound, TooLarge, Unreadable
from api.desk import ready_texts, variables
from api.desk.ready_texts import Draft, Scope
from api.desk.tables import ReadyText
from tests import factories
from tests.api.desk.conftest import NOW, Team

ALL = "{prenom} {nom} / {rendez-vous} / {lieu} / {conseiller} / {telephone}"


async def call[Result](database: Database, act: Callable[..., Awaitable[Result]], *given: Any) -> Result:
    async with database.transaction() as session:
        return await act(session, *given)


async def write(database: Database, who: Account, scope: Scope = Scope.own, text: str = "Bonjour {prenom},") -> UUID:
    return await call(database, ready_texts.write, who, Draft(scope, f"De {who.first_name}", text))


async def offered(database: Database, who: Account) -> list[tuple[str, str, bool]]:
    found = await call(database, ready_texts.reachable, who)
    return [(one.scope, one.title, one.editable) for one in found]


async def filled(database: Database, who: Account, request_id: UUID) -> str:
    return (await call(database, ready_texts.filled, who, request_id, NOW))[0].text


async def met(database: Database, person: UUID) -> None:
    """An appointment of this person on 30 November."""
    async with database.transaction() as session:
        whose = await session.get_one(Beneficiary, person)
        await factories.appointment(session, whose, datetime(2026, 11, 30, 9, 30, tzinfo=PARIS), place_name="CDAS")


async def test_each_is_offered_their_own_their_team_s_and_their_authority_s(team: Team, database: Database) -> None:
    boss = replace(team.nolwenn, role=Role.supervisor)
    await write(database, boss, Scope.authority)
    await write(database, boss, Scope.team)
    await write(database, team.ronan)
    assert await offered(database, team.ronan) == [
        ("own", "De Ronan", True),
        ("team", "De Nolwenn", False),
        ("authority", "De Nolwenn", False),
    ]
    assert await offered(database, team.stranger) == [("authority", "De Nolwenn", False)]
    assert await offered(database, replace(team.stranger, authority_code="cd22")) == []


@pytest.mark.parametrize(
    ("role", "kind", "writes"),
    [
        (Role.caseworker, OrganisationKind.conseil_departemental, {"own"}),
        (Role.supervisor, OrganisationKind.conseil_departemental, {"own", "team", "authority"}),
        (Role.supervisor, OrganisationKind.plie, {"own", "team"}),
        (Role.administrator, OrganisationKind.plie, {"authority"}),
        (Role.auditor, OrganisationKind.conseil_departemental, set()),
    ],
)
async def test_who_writes_for_whom(
    role: Role, kind: OrganisationKind, writes: set[str], team: Team, database: Database
) -> None:
    async with database.transaction() as session:
        await session.execute(update(Organisation).values(kind=kind))
    who = replace(team.nolwenn, role=role)
    for scope in Scope:
        if scope in writes:
            await write(database, who, scope)
        else:
            with pytest.raises(NotAllowedHere):
                await write(database, who, scope)


async def test_a_text_is_changed_and_removed_by_whoever_writes_in_its_scope_alone(
    team: Team, database: Database
) -> None:
    boss = replace(team.nolwenn, role=Role.supervisor)
    text = await write(database, boss, Scope.team)
    other = Draft(Scope.team, "Autre", "Autre texte")
    refusals: list[tuple[Account, UUID, type[HentError]]] = [
        (team.ronan, text, NotAllowedHere),
        (team.stranger, text, NotFound),
        (boss, uuid4(), NotFound),
        (team.ronan, await write(database, boss), NotFound),
    ]
    for who, which, refusal in refusals:
        with pytest.raises(refusal):
            await call(database, ready_texts.rewrite, who, which, other)
        with pytest.raises(refusal):
            await call(database, ready_texts.remove, who, which)
    await call(database, ready_texts.rewrite, boss, text, replace(other, scope=Scope.own))
    assert ("own", "Autre", True) in await offered(database, boss)
    assert await offered(database, team.ronan) == []
    await call(database, ready_texts.remove, boss, text)
    assert await offered(database, boss) == [("own", "De Nolwenn", True)]


async def test_a_text_sent_twice_is_one_text(team: Team, database: Database) -> None:
    assert await write(database, team.nolwenn) == await write(database, team.nolwenn)
    assert await call(database, lambda session: session.scalar(select(func.count()).select_from(ReadyText))) == 1


@pytest.mark.parametrize("text", ["Bonjour {prénom}", "Votre {caf}", "{}", "Ouvert {prenom", "fermé}", "{{prenom}}"])
async def test_a_variable_that_nobody_knows_is_refused(text: str, team: Team, database: Database) -> None:
    with pytest.raises(Unreadable, match="unknown_variable"):
        await write(database, team.nolwenn, text=text)


async def test_a_title_is_short_and_a_text_is_not_empty(team: Team, database: Database) -> None:
    with pytest.raises(TooLarge):
        await call(database, ready_texts.write, team.nolwenn, Draft(Scope.own, "a" * 81, "Bonjour"))
    with pytest.raises(Unreadable):
        await call(database, ready_texts.write, team.nolwenn, Draft(Scope.own, "Titre", " "))


async def test_what_is_known_is_filled_in_and_what_is_not_stays_visible(
    team: Team, database: Database, request_id: UUID
) -> None:
    await write(database, team.nolwenn, text=ALL)
    missing = "[à compléter : rendez-vous] / [à compléter : lieu]"
    assert await filled(database, team.nolwenn, request_id) == (
        f"Maëlle Le Goff / {missing} / Nolwenn Kerdoncuff / 02 61 91 00 11"
    )
    await met(database, team.person.id)
    told = await filled(database, team.nolwenn, request_id)
    assert "lundi 30 novembre à 9 h 30 / CDAS, 12 rue des Ajoncs, 29200 Brest" in told


async def test_nothing_of_a_confidential_file_is_filled_in(team: Team, database: Database, request_id: UUID) -> None:
    await write(database, team.nolwenn, text=ALL)
    await met(database, team.person.id)
    async with database.transaction() as session:
        await session.execute(update(Beneficiary).values(confidential=True))
    told = await filled(database, team.nolwenn, request_id)
    assert told.startswith("[à compléter : prenom] [à compléter : nom] / [à compléter : rendez-vous]")
    assert told.endswith("Nolwenn Kerdoncuff / 02 61 91 00 11")


async def test_nothing_is_filled_in_that_the_organisation_does_not_see(
    team: Team, database: Database, request_id: UUID
) -> None:
    await write(database, team.nolwenn, text="{prenom} : {rendez-vous}")
    await met(database, team.person.id)
    async with database.transaction() as session:
        await session.execute(update(Organisation).values(kind=OrganisationKind.siae))
    assert await filled(database, team.nolwenn, request_id) == "Maëlle : [à compléter : rendez-vous]"


def test_every_variable_is_one_that_may_be_written() -> None:
    variables.check(ALL)
    assert all(f"{{{name}}}" in ALL for name in variables.NAMES)
