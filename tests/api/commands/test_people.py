"""What is held about a person, on the terminal of whoever answers for it."""

import json
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from api.beneficiaries.tables import Beneficiary
from api.caseworkers.accounts import accept_invitation, by_session, sign_in
from api.core.clock import now
from api.core.database import Database
from api.core.errors import NotAllowed, NotFound
from api.core.sealing import Sealer
from api.identity.tables import PersonalLink
from api.mails.sending import kept
from tests import factories
from tests.api.commands.conftest import Run

SEALER = Sealer("only for tests")
"""That of the commands of `hent`."""
PASSWORD = "trois bateaux bleus"
TEAM = "Centre départemental d'action sociale"
NEW = ("Nolwenn", "Kerdoncuff", "n@exemple.fr", "--phone", "+33261910011", "--organisation", TEAM)


@pytest.fixture
async def someone(database: Database) -> Beneficiary:
    """A person with an appointment and a secret."""
    async with database.transaction() as session:
        person = await factories.person(session, first_name="Maëlle", agreed_word_digest=b"bruyere")
        await factories.appointment(session, person, now())
        return person


async def accept(database: Database, shown: str) -> None:
    """Follow the path that a command printed."""
    async with database.transaction() as session:
        token = shown.strip().removeprefix("/#invitation=")
        await accept_invitation(session, SEALER, token, PASSWORD, now())


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


@pytest.mark.parametrize("role", [[], ["--role", "auditor"]])
async def test_an_account_is_added_with_its_role_and_invited(
    hent: Run, database: Database, someone: Beneficiary, role: list[str]
) -> None:
    ended = await hent("caseworker", "add", *NEW, *role)
    assert ended.exit_code == 0
    await accept(database, ended.stdout)
    async with database.transaction() as session:
        signed = await sign_in(session, SEALER, "n@exemple.fr", PASSWORD, now())
        assert (await by_session(session, SEALER, signed.token, now())).role == (role[-1] if role else "caseworker")


async def test_an_invitation_may_be_made_again(hent: Run, database: Database, someone: Beneficiary) -> None:
    lost = await hent("caseworker", "add", *NEW)
    found = await hent("caseworker", "invite", "N@exemple.fr")
    with pytest.raises(NotFound):
        await accept(database, lost.stdout)
    await accept(database, found.stdout)


async def test_somebody_is_signed_out_everywhere(hent: Run, database: Database, someone: Beneficiary) -> None:
    await accept(database, (await hent("caseworker", "add", *NEW)).stdout)
    async with database.transaction() as session:
        signed = await sign_in(session, SEALER, "n@exemple.fr", PASSWORD, now())
    assert (await hent("caseworker", "end-sessions", "n@exemple.fr")).exit_code == 0
    async with database.transaction() as session:
        with pytest.raises(NotAllowed):
            await by_session(session, SEALER, signed.token, now())


async def test_an_address_is_taken_once(hent: Run, database: Database, someone: Beneficiary) -> None:
    await hent("caseworker", "add", *NEW)
    ended = await hent("caseworker", "add", *(word.replace("n@", "N@") for word in NEW))
    assert (ended.exit_code, ended.stdout, ended.stderr) == (1, "", "Un conseiller a déjà cette adresse.\n")


async def test_nobody_is_added_to_a_team_that_does_not_exist(
    hent: Run, database: Database, someone: Beneficiary
) -> None:
    ended = await hent("caseworker", "add", *NEW[:-1], "Nulle part")
    assert (ended.exit_code, ended.stdout) == (1, "")
    assert ended.stderr == "Aucun organisme ne s'appelle « Nulle part ».\n"


@pytest.mark.parametrize("word", ["invite", "end-sessions"])
async def test_an_address_that_nobody_has_is_refused(hent: Run, database: Database, word: str) -> None:
    ended = await hent("caseworker", word, "nobody@exemple.fr")
    assert (ended.exit_code, ended.stdout, ended.stderr) == (1, "", "Aucun conseiller n'a cette adresse.\n")


async def test_where_there_is_a_mail_server_an_invitation_is_sent_and_not_shown(
    hent: Run, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HENT_SMTP_HOST", "courriel.exemple.fr")
    async with database.transaction() as session:
        await factories.organisation(session)
    ended = await hent("caseworker", "add", *NEW)
    assert ended.output == "Invitation envoyée à n@exemple.fr.\n"
    async with database.transaction() as session:
        [(row, text)] = await kept(session, SEALER)
    assert row.recipient == "n@exemple.fr"
    [link] = [line for line in text.splitlines() if "#invitation=" in line]
    await accept(database, link.partition("#invitation=")[2])
