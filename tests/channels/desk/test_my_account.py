"""One's own account over HTTP: its second factor, its password, how one is reached."""

import re
from uuid import uuid4

import httpx
from fastapi import FastAPI

from api.core.settings import Settings
from tests.channels.desk.conftest import PASSWORD, Browser, Team, enrol
from tests.channels.desk.table import routes


async def test_a_second_factor_is_asked_for_once_it_was_confirmed(
    desk: httpx.AsyncClient, nobody: httpx.AsyncClient, ours: Team
) -> None:
    telephone = await enrol(desk)
    picture = await desk.get("/desk/me/second-factor.svg")
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/svg+xml")
    assert "style" not in picture.text
    confirmed = await desk.post("/desk/me/second-factor/confirm", json={"code": telephone.now()})
    assert confirmed.status_code == 204
    assert (await desk.get("/desk/me")).json()["second_factor"] is True
    assert (await desk.get("/desk/me/second-factor.svg")).status_code == 404
    signed = await nobody.post("/desk/session", json={"email": ours.caseworker.email, "password": PASSWORD})
    assert signed.json() == {"needs_code": True}


async def test_it_is_begun_by_the_password_and_confirmed_by_a_right_code(desk: httpx.AsyncClient) -> None:
    refused = await desk.post("/desk/me/second-factor", json={"password": "faux"})
    assert (refused.status_code, refused.json()["error"]) == (401, "wrong_password")
    telephone = await enrol(desk)
    wrong = "000000" if telephone.now() != "000000" else "111111"
    assert (await desk.post("/desk/me/second-factor/confirm", json={"code": wrong})).status_code == 422
    assert (await desk.get("/desk/me")).json()["second_factor"] is False


async def test_whoever_has_one_does_not_replace_it_by_a_desk_left_open(desk: httpx.AsyncClient) -> None:
    telephone = await enrol(desk)
    await desk.post("/desk/me/second-factor/confirm", json={"code": telephone.now()})
    again = await desk.post("/desk/me/second-factor", json={"password": PASSWORD})
    assert (again.status_code, again.json()["error"]) == (409, "enrolled")


async def test_passwords_guessed_at_an_open_desk_lock_the_account(desk: httpx.AsyncClient, ours: Team) -> None:
    for _ in range(5):
        await desk.post("/desk/me/second-factor", json={"password": "faux"})
    assert (await desk.post("/desk/me/second-factor", json={"password": PASSWORD})).status_code == 401


async def test_where_it_is_required_nothing_else_opens_before_it(
    settings: Settings, app: FastAPI, ours: Team, browser: Browser
) -> None:
    app.state.settings = settings.model_copy(update={"demo": False})
    http = await browser()
    signed = await http.post("/desk/session", json={"email": ours.caseworker.email, "password": PASSWORD})
    # Over plain HTTP the browser of a test does not send a cookie that is kept to HTTPS.
    http.cookies.set("hent_desk", re.findall("hent_desk=([^;]+)", signed.headers["set-cookie"])[0])
    me = await http.get("/desk/me")
    assert (me.json()["second_factor"], me.json()["pages"]) == (False, [])
    open_to_them = {
        "/desk/session",
        "/desk/session/code",
        "/desk/invitation",
        "/desk/me",
        "/desk/me/second-factor",
        "/desk/me/second-factor/confirm",
        "/desk/me/second-factor.svg",
    }
    for method, path in routes(app):
        if path.startswith("/desk/") and path not in open_to_them:
            where = re.sub(r"\{\w+\}", str(uuid4()), path)
            refused = await http.request(method, where, json={} if method != "GET" else None)
            assert (refused.status_code, refused.json()["error"]) == (403, "second_factor_due"), path
    telephone = await enrol(http)
    await http.post("/desk/me/second-factor/confirm", json={"code": telephone.now()})
    assert (await http.get("/desk/queue")).status_code == 200


async def test_a_new_password_ends_the_sessions_elsewhere_and_not_this_one(browser: Browser, ours: Team) -> None:
    here, there = await browser(ours.caseworker), await browser(ours.caseworker)
    new = "une phrase toute neuve"
    wrong = await here.post("/desk/me/password", json={"old": "faux", "new": new})
    short = await here.post("/desk/me/password", json={"old": PASSWORD, "new": "court"})
    assert (wrong.status_code, short.json()["error"]) == (401, "password_refused")
    assert (await there.get("/desk/me")).status_code == 200
    assert (await here.post("/desk/me/password", json={"old": PASSWORD, "new": new})).status_code == 204
    assert (await here.get("/desk/me")).status_code == 200
    assert (await there.get("/desk/me")).status_code == 401
    again = await (await browser()).post("/desk/session", json={"email": ours.caseworker.email, "password": new})
    assert again.status_code == 200


async def test_my_account_says_how_i_am_reached(desk: httpx.AsyncClient, ours: Team) -> None:
    known = (await desk.get("/desk/me/account")).json()
    assert (known["email"], known["phone"]) == (ours.caseworker.email, "+33261910011")
    assert known["hours"] == "le lundi, de 8 h 30 à 12 h"
