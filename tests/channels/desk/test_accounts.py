"""Accounts of an authority over HTTP, for its administrators only."""

import re
from typing import Any
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI
from sqlalchemy import select

from api.authorities.tables import Authority, AuthorityKind
from api.caseworkers.tables import Caseworker, CaseworkerAccount, Role
from api.core.database import Database
from api.desk.tables import Access
from api.mails.sending import kept
from tests import factories
from tests.channels.desk.conftest import PASSWORD, SAID, Browser, Team, enrol, worker

ACTS = ("invite", "end-sessions", "remove-second-factor", "deactivate", "activate")
NEW = {
    "first_name": "Maël",
    "last_name": "Guégan",
    "email": "Mael.Guegan@Exemple.fr",
    "phone": "02 61 91 00 12",
    "role": "caseworker",
}


@pytest_asyncio.fixture
async def admin(browser: Browser, ours: Team) -> httpx.AsyncClient:
    """Our administrator's."""
    return await browser(ours.colleagues["Aziliz"])


@pytest_asyncio.fixture
async def far(app: FastAPI, database: Database) -> Caseworker:
    """Somebody of another authority."""
    async with database.transaction() as session:
        session.add(
            Authority(
                code="cd56",
                name="Département du Morbihan",
                kind=AuthorityKind.departement,
                departement="56",
                phone="+33261910056",
                address="1 rue des Ajoncs, 56000 Vannes",
                hours={},
            )
        )
        await session.flush()
        team = await factories.organisation(session, name="CDAS de Vannes", authority_code="cd56")
        return await worker(session, app, team.id, "Gaël", Role.caseworker)


async def listed(admin: httpx.AsyncClient, who: Caseworker) -> dict[str, Any]:
    accounts: list[dict[str, Any]] = (await admin.get("/desk/accounts")).json()
    return next(one for one in accounts if one["id"] == str(who.id))


async def journaled(database: Database, who: Caseworker) -> list[Access]:
    async with database.transaction() as session:
        mine = select(Access).where(Access.caseworker_id == who.id)
        return list(await session.scalars(mine.order_by(Access.created_at)))


async def link_to(app: FastAPI, database: Database, address: str) -> str:
    """The secret part of the last link that was written to this address."""
    async with database.transaction() as session:
        texts = [text for row, text in await kept(session, app.state.sealer) if row.recipient == address]
    found = re.search(r"#invitation=(\S+)", texts[0])
    assert found
    return found[1]


async def test_whoever_is_invited_follows_the_link_of_the_e_mail_and_enters(
    app: FastAPI, database: Database, admin: httpx.AsyncClient, nobody: httpx.AsyncClient, ours: Team
) -> None:
    assert (await admin.post("/desk/accounts", json=NEW)).status_code == 204
    token = await link_to(app, database, "mael.guegan@exemple.fr")
    chosen = {"token": token, "password": "des bateaux sur la rade"}
    assert (await nobody.post("/desk/invitation", json=chosen)).status_code == 204
    signed = await nobody.post("/desk/session", json={"email": NEW["email"], "password": chosen["password"]})
    assert signed.status_code == 200
    me = (await nobody.get("/desk/me")).json()
    assert (me["name"], me["role"], me["organisation"]) == ("Maël Guégan", "caseworker", "CDAS de Brest")


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        pytest.param({"email": "MAEL.guegan@exemple.fr"}, "email_taken", id="known already"),
        pytest.param({"email": "a@b.fr, c@d.fr"}, "unreadable_address", id="two addresses"),
        pytest.param({"email": "a@b.fr\nBcc: c@d.fr"}, "unreadable_address", id="another header"),
        pytest.param({"email": "autre@exemple.fr", "phone": "pas un numéro"}, "unreadable_number", id="no number"),
        pytest.param({"email": "autre@exemple.fr", "organisation": str(uuid4())}, "unknown_organisation", id="no team"),
    ],
)
async def test_what_cannot_be_added_is_refused_with_a_reason(
    admin: httpx.AsyncClient, changed: dict[str, str], error: str
) -> None:
    await admin.post("/desk/accounts", json=NEW)
    refused = await admin.post("/desk/accounts", json=NEW | changed)
    assert refused.json()["error"] == error


async def test_a_lost_telephone_is_taken_away_and_its_sessions_with_it(
    admin: httpx.AsyncClient, desk: httpx.AsyncClient, ours: Team
) -> None:
    telephone = await enrol(desk)
    await desk.post("/desk/me/second-factor/confirm", json={"code": telephone.now()})
    assert (await listed(admin, ours.caseworker))["second_factor"] is True
    path = f"/desk/accounts/{ours.caseworker.id}/remove-second-factor"
    assert [(await admin.post(path)).status_code for _ in range(2)] == [204, 204]
    assert (await desk.get("/desk/me")).status_code == 401
    assert (await listed(admin, ours.caseworker))["second_factor"] is False


async def test_whoever_leaves_enters_no_more_not_even_by_an_invitation(
    app: FastAPI, database: Database, admin: httpx.AsyncClient, nobody: httpx.AsyncClient, browser: Browser, ours: Team
) -> None:
    theirs = await browser(ours.caseworker)
    await admin.post(f"/desk/accounts/{ours.caseworker.id}/invite")
    token = await link_to(app, database, ours.caseworker.email)
    assert (await listed(admin, ours.caseworker))["invited"] is True
    assert (await admin.post(f"/desk/accounts/{ours.caseworker.id}/deactivate")).status_code == 204
    assert (await theirs.get("/desk/me")).status_code == 401
    taken_up = await nobody.post("/desk/invitation", json={"token": token, "password": "des bateaux sur la rade"})
    assert taken_up.status_code == 404
    again = await admin.post(f"/desk/accounts/{ours.caseworker.id}/invite")
    assert (again.status_code, again.json()["error"]) == (409, "inactive")
    assert (await admin.post(f"/desk/accounts/{ours.caseworker.id}/activate")).status_code == 204
    signed = await nobody.post("/desk/session", json={"email": ours.caseworker.email, "password": PASSWORD})
    assert signed.status_code == 200


async def test_sessions_are_counted_and_ended(admin: httpx.AsyncClient, browser: Browser, ours: Team) -> None:
    theirs = [await browser(ours.caseworker) for _ in range(2)]
    assert (await listed(admin, ours.caseworker))["sessions"] == 2
    assert (await admin.post(f"/desk/accounts/{ours.caseworker.id}/end-sessions")).status_code == 204
    assert [(await one.get("/desk/me")).status_code for one in theirs] == [401, 401]
    assert (await listed(admin, ours.caseworker))["sessions"] == 0


@pytest.mark.parametrize("act", ACTS)
async def test_nobody_acts_upon_their_own_account(admin: httpx.AsyncClient, ours: Team, act: str) -> None:
    refused = await admin.post(f"/desk/accounts/{ours.colleagues['Aziliz'].id}/{act}")
    assert (refused.status_code, refused.json()["error"]) == (403, "oneself")


async def test_another_authority_s_accounts_do_not_exist(admin: httpx.AsyncClient, ours: Team, far: Caseworker) -> None:
    shown = (await admin.get("/desk/accounts")).json()
    assert str(far.id) not in {one["id"] for one in shown}
    for act in ACTS:
        refused = await admin.post(f"/desk/accounts/{far.id}/{act}")
        unknown = await admin.post(f"/desk/accounts/{uuid4()}/{act}")
        assert (refused.status_code, refused.content) == (404, unknown.content)
    added = await admin.post("/desk/accounts", json=NEW | {"organisation": str(far.organisation_id)})
    assert added.json()["error"] == "unknown_organisation"


@pytest.mark.parametrize("first", ["Ronan", "Erwan", "Sarah"])
async def test_no_other_role_reaches_accounts(browser: Browser, ours: Team, first: str) -> None:
    http = await browser(ours.colleagues[first])
    asked = [await http.get("/desk/accounts"), await http.get("/desk/accounts/teams")]
    asked += [await http.post("/desk/accounts", json=NEW)]
    asked += [await http.post(f"/desk/accounts/{ours.caseworker.id}/{act}") for act in ACTS]
    assert {(one.status_code, one.json()["error"]) for one in asked} == {(403, "role")}


async def test_each_act_stands_in_the_journal_with_whose_account_it_was_and_no_person(
    database: Database, admin: httpx.AsyncClient, ours: Team
) -> None:
    await admin.post("/desk/accounts", json=NEW)
    for act in ACTS:
        await admin.post(f"/desk/accounts/{ours.caseworker.id}/{act}")
    written = await journaled(database, ours.colleagues["Aziliz"])
    # Deactivated by then, nobody is invited: "invite" comes first.
    acts = ["/desk/accounts", *(f"/desk/accounts/{{caseworker}}/{act}" for act in ACTS)]
    assert [(one.what, one.beneficiary_id) for one in written] == [(act, None) for act in acts]
    async with database.transaction() as session:
        invited = await session.scalar(select(Caseworker.id).where(Caseworker.email == NEW["email"].lower()))
    assert [one.account_id for one in written] == [invited, *(ours.caseworker.id for _ in ACTS)]


async def test_an_administrator_reads_no_message(admin: httpx.AsyncClient, ours: Team) -> None:
    answers = [
        await admin.get(path) for path in ("/desk/accounts", "/desk/queue", "/desk/transcripts", "/desk/journal")
    ]
    answers.append(await admin.get(f"/desk/escalations/{ours.escalation}"))
    assert all(SAID not in one.text for one in answers)
    assert [one.status_code for one in answers] == [200, 403, 403, 403, 403]


async def test_an_account_that_never_had_a_password_is_listed(
    database: Database, admin: httpx.AsyncClient, ours: Team
) -> None:
    async with database.transaction() as session:
        made = await factories.caseworker(session, organisation_id=ours.organisation.id, first_name="Tifenn")
        assert await session.get(CaseworkerAccount, made.id) is None
    shown = await listed(admin, made)
    assert (shown["second_factor"], shown["sessions"], shown["invited"]) == (False, 0, False)
