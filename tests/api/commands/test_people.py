"""What is held about a person, on the terminal of whoever answers for it."""

import json
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from api.beneficiaries.tables import Beneficiary
from api.core.clock import now
from api.core.database import Database
from api.identity.tables import PersonalLink
from tests import factories
from tests.api.commands.conftest import Run


@pytest.fixture
async def someone(database: Database) -> Beneficiary:
    """A person with an appointment and a secret."""
    async with database.transaction() as session:
        person = await factories.person(session, first_name="Maëlle", agreed_word_digest=b"bruyere")
        await factories.appointment(session, person, now())
        return person


async def people(database: Database) -> int | None:
    async with database.transaction() as session:
        return await session.scalar(select(func.count()).select_from(Beneficiary))


async def test_an_export_is_json_by_table_and_column(hent: Run, someone: Beneficiary) -> None:
    ended = await hent("person", "export", someone.id)
    told: dict[str, Any] = json.loads(ended.stdout)
    assert ended.exit_code == 0
    assert told["person"] == str(someone.id)
    [row] = told["tables"]["beneficiaries"]
    assert (row["first_name"], row["birth_date"], "agreed_word_digest" in row) == ("Maëlle", "1990-05-14", False)
    assert len(told["tables"]["appointments"]) == len(told["tables"]["households"]) == 1
    assert "bruyere" not in ended.output


async def test_without_yes_it_is_counted_and_nothing_goes(hent: Run, database: Database, someone: Beneficiary) -> None:
    ended = await hent("person", "erase", someone.id)
    assert ended.exit_code == 1
    assert ended.stdout.splitlines() == ["appointments: 1", "beneficiaries: 1", "households: 1"]
    assert "Rien n'est effacé" in ended.stderr
    assert await people(database) == 1


async def test_with_yes_it_is_erased_and_counted(hent: Run, database: Database, someone: Beneficiary) -> None:
    ended = await hent("person", "erase", someone.id, "--yes")
    assert ended.exit_code == 0
    assert ended.stdout.splitlines() == ["appointments: 1", "beneficiaries: 1", "households: 1"]
    assert await people(database) == 0


@pytest.mark.parametrize("words", [("export",), ("erase",), ("erase", "--yes")])
async def test_somebody_unknown_is_refused_in_plain_french(hent: Run, words: tuple[str, ...]) -> None:
    ended = await hent("person", words[0], uuid4(), *words[1:])
    assert (ended.exit_code, ended.stdout, ended.stderr) == (1, "", "Aucune personne n'a cet identifiant.\n")


async def test_a_personal_link_is_shown_once_and_kept_as_a_digest(
    hent: Run, database: Database, someone: Beneficiary
) -> None:
    ended = await hent("person", "link", someone.id)
    token = ended.stdout.strip().removeprefix("/#lien=")
    async with database.transaction() as session:
        [digest] = await session.scalars(select(PersonalLink.token_digest))
    assert len(token) > 40
    assert token.encode() not in digest


@pytest.mark.parametrize(("name", "code"), [("Centre départemental d'action sociale", 0), ("Nulle part", 1)])
async def test_an_account_is_added_to_a_team_that_exists(
    hent: Run, database: Database, someone: Beneficiary, name: str, code: int
) -> None:
    added = ("Nolwenn", "Kerdoncuff", "n@exemple.fr", "--phone", "+33261910011", "--organisation", name)
    assert (await hent("caseworker", "add", *added)).exit_code == code
