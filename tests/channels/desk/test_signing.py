"""Signing in, and out; how long a session lasts; how often one may try."""

import re
from datetime import timedelta

import httpx
import pyotp
import pytest
import pytest_asyncio
from fastapi import FastAPI
from sqlalchemy import update

from api.caseworkers import accounts
from api.caseworkers.tables import CaseworkerAccount, CaseworkerSession
from api.caseworkers.tries import AT_MOST
from api.core.clock import now
from api.core.database import Database
from api.core.settings import Settings
from api.desk_app import create_desk_app
from tests.channels.desk.conftest import PASSWORD, Team

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


async def sign_in(http: httpx.AsyncClient, email: str, password: str = PASSWORD) -> httpx.Response:
    return await http.post("/desk/session", json={"email": email, "password": password})


@pytest_asyncio.fixture
async def enrolled(app: FastAPI, database: Database, ours: Team) -> pyotp.TOTP:
    """Our caseworker has a second factor."""
    async with database.transaction() as session:
        sealed = app.state.sealer.seal(SECRET)
        mine = CaseworkerAccount.caseworker_id == ours.caseworker.id
        await session.execute(update(CaseworkerAccount).where(mine).values(totp_sealed=sealed, totp_step=0))
    return pyotp.TOTP(SECRET)


async def test_whoever_signs_in_is_told_who_they_are(desk: httpx.AsyncClient, ours: Team) -> None:
    assert (await desk.get("/desk/me")).json() == {
        "id": str(ours.caseworker.id),
        "name": "Nolwenn Kerdoncuff",
        "first_name": "Nolwenn",
        "role": "caseworker",
        "organisation": "CDAS de Brest",
        "authority": "Département du Finistère",
        "second_factor": False,
        "pages": ["requests", "people", "unreached"],
    }


async def test_the_cookie_is_read_by_no_script_and_sent_by_no_other_site(nobody: httpx.AsyncClient, ours: Team) -> None:
    cookie = (await sign_in(nobody, ours.caseworker.email)).headers["set-cookie"]
    assert {part.strip().lower() for part in cookie.split(";")[1:]} == {"httponly", "path=/", "samesite=strict"}


async def test_outside_a_demonstration_it_travels_by_https_alone(
    settings: Settings, app: FastAPI, nobody: httpx.AsyncClient, ours: Team
) -> None:
    app.state.settings = settings.model_copy(update={"demo": False})
    assert "; secure" in (await sign_in(nobody, ours.caseworker.email)).headers["set-cookie"].lower()


async def test_a_wrong_password_and_an_unknown_address_are_refused_alike(nobody: httpx.AsyncClient, ours: Team) -> None:
    wrong = await sign_in(nobody, ours.caseworker.email, "faux")
    unknown = await sign_in(nobody, "personne@example.org")
    assert (wrong.status_code, wrong.content) == (unknown.status_code, unknown.content) == (401, wrong.content)
    assert "set-cookie" not in wrong.headers


async def test_wrong_passwords_are_counted_although_they_are_refused(nobody: httpx.AsyncClient, ours: Team) -> None:
    for _ in range(5):
        await sign_in(nobody, ours.caseworker.email, "faux")
    assert (await sign_in(nobody, ours.caseworker.email)).status_code == 401


async def test_before_its_code_a_session_opens_nothing(
    nobody: httpx.AsyncClient, ours: Team, enrolled: pyotp.TOTP
) -> None:
    assert (await sign_in(nobody, ours.caseworker.email)).json() == {"needs_code": True}
    assert (await nobody.get("/desk/me")).status_code == 401
    assert (await nobody.post("/desk/session/code", json={"code": "000000"})).status_code == 401
    assert (await nobody.post("/desk/session/code", json={"code": enrolled.now()})).status_code == 204
    assert (await nobody.get("/desk/me")).status_code == 200


async def test_whoever_signs_out_is_out_here_and_on_the_server(
    desk: httpx.AsyncClient, nobody: httpx.AsyncClient
) -> None:
    kept = desk.cookies["hent_desk"]
    assert (await desk.delete("/desk/session")).status_code == 204
    assert "hent_desk" not in desk.cookies
    nobody.cookies.set("hent_desk", kept)
    assert (await nobody.get("/desk/me")).status_code == 401


@pytest.mark.parametrize(
    ("created", "seen"),
    [
        pytest.param(timedelta(hours=1), timedelta(minutes=31), id="nothing done for half an hour"),
        pytest.param(timedelta(hours=12, minutes=1), timedelta(0), id="a long day"),
    ],
)
async def test_a_session_ends_by_itself(
    desk: httpx.AsyncClient, database: Database, created: timedelta, seen: timedelta
) -> None:
    async with database.transaction() as session:
        await session.execute(update(CaseworkerSession).values(created_at=now() - created, seen_at=now() - seen))
    assert (await desk.get("/desk/queue")).status_code == 401


async def test_an_invitation_sets_a_password_once(
    app: FastAPI, database: Database, nobody: httpx.AsyncClient, ours: Team
) -> None:
    async with database.transaction() as session:
        token = await accounts.invite(session, app.state.sealer, ours.caseworker.id, now())
    chosen = {"token": token, "password": "une autre longue phrase"}
    assert (await nobody.post("/desk/invitation", json=chosen)).status_code == 204
    assert (await nobody.post("/desk/invitation", json=chosen)).status_code == 404
    assert (await sign_in(nobody, ours.caseworker.email, chosen["password"])).status_code == 200


async def test_an_address_that_tries_one_account_after_another_has_to_wait(nobody: httpx.AsyncClient) -> None:
    for number in range(AT_MOST):
        assert (await sign_in(nobody, f"{number}@example.org")).status_code == 401
    refused = await sign_in(nobody, "encore@example.org")
    assert (refused.status_code, refused.json()["error"]) == (429, "too_many")
    assert 0 < int(refused.headers["retry-after"]) <= 600


async def test_it_has_to_wait_at_another_desk_and_at_one_that_was_restarted(
    settings: Settings, nobody: httpx.AsyncClient
) -> None:
    for number in range(AT_MOST):
        await sign_in(nobody, f"{number}@example.org")
    other = create_desk_app(settings)
    transport = httpx.ASGITransport(other, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://desk.example.org") as http:
        http.headers["X-Hent-Desk"] = "1"
        assert (await sign_in(http, "encore@example.org")).status_code == 429
    await other.state.database.close()


async def test_a_team_that_arrives_in_the_morning_does_not(nobody: httpx.AsyncClient, ours: Team) -> None:
    for _ in range(AT_MOST + 2):
        assert (await sign_in(nobody, ours.caseworker.email)).status_code == 200


async def test_the_desk_is_ready_without_rasa_and_without_a_worker(nobody: httpx.AsyncClient) -> None:
    shown = await nobody.get("/health/ready")
    assert (shown.status_code, shown.json()) == (200, {"ready": True, "missing": []})
    assert (await nobody.get("/health/live")).status_code == 200


async def test_the_page_and_what_it_is_made_of_are_there(nobody: httpx.AsyncClient) -> None:
    page = await nobody.get("/")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    named = re.findall(r'(?:href|src)="(/[^"]+)"', page.text)
    assert "/static/base.css" in named
    for path in ("/favicon.ico", *named):
        assert (await nobody.get(path)).status_code == 200, path


async def test_a_database_that_is_away_is_said_in_a_sentence(settings: Settings) -> None:
    app = create_desk_app(settings.model_copy(update={"database_url": "postgresql+psycopg://127.0.0.1:9/none"}))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://desk.example.org") as http:
        http.cookies.set("hent_desk", "x" * 43)
        refused = await http.get("/desk/queue")
        assert (refused.status_code, refused.json()["error"]) == (503, "unavailable")
        assert refused.json()["message"].startswith("Le bureau est en panne.")
        assert (await http.get("/health/ready")).json() == {"ready": False, "missing": ["database"]}
