"""What holds for every route of the desk, those to come included: read from the application, never listed by hand."""

import logging
import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI

from api.core.clock import now, today
from api.core.logs import JsonLines
from channels.desk.pages import PAGES
from tests.channels.desk.conftest import FAMILY, PASSWORD, SAID, Browser, Team
from tests.channels.desk.table import CHANGING, routes

PUBLIC = {
    ("POST", "/desk/session"),
    ("POST", "/desk/invitation"),
    *(("GET", path) for path in PAGES),
    ("GET", "/favicon.ico"),
    ("GET", "/demo/mailbox"),
    ("GET", "/health/live"),
    ("GET", "/health/ready"),
    ("GET", "/metrics"),
}
"""What no session opens: to sign in, what a page is made of, a demonstration's letters, figures by their token."""
BESIDES = [("GET", "/nowhere"), ("PUT", "/desk/queue"), ("GET", "/static/api.js"), ("GET", "/static/base.css")]
"""No routes, and answered all the same."""
LISTENING = ("GET", "/desk/events")
VARIABLE = re.compile(r"\{(\w+)\}")


def body() -> dict[str, Any]:
    """Good for every route: each takes what it knows."""
    return {
        "id": str(uuid4()),
        "text": "Je regarde votre dossier",
        "version": 0,
        "outcome": "answered",
        "code": "123456",
        "email": "personne@example.org",
        "password": "rien de tout cela",
        "token": "x" * 43,
        "scope": "own",
        "title": "Accueil",
        "comment": "Elle habite chez vous maintenant",
        "caseworker": str(uuid4()),
        "organisation": str(uuid4()),
        "to": str(uuid4()),
        "until": f"{(now() + timedelta(days=2)).date()}T00:00:00Z",
        "why": "La personne la demande",
        "seq": 1,
        "people": [str(uuid4())],
        "slot": str(uuid4()),
        "confidential": True,
        "asked": True,
        "kind": "closure",
        "first_day": str(today()),
        "last_day": str(today()),
    }


def named(team: Team) -> dict[str, UUID]:
    """What addresses name, of a team: each is tried from another one, and refused as what does not exist."""
    return {
        "escalation": team.escalation,
        "caseworker": team.caseworker.id,
        "person": team.person,
        "appointment": team.appointment,
        "text": team.text,
        "transcript": team.transcript,
        "sms": team.sms,
        "notice": team.notice,
    }


async def ask(http: httpx.AsyncClient, method: str, path: str, ids: dict[str, UUID]) -> httpx.Response:
    names = VARIABLE.findall(path)
    assert set(names) <= set(ids), "what else does an address name?"
    where = VARIABLE.sub(lambda found: str(ids[found[1]]), path)
    return await http.request(method, where, json=body() if method in CHANGING else None)


def test_the_table_of_routes_is_read_whole(app: FastAPI) -> None:
    assert {*PUBLIC, LISTENING, ("POST", "/desk/escalations/{escalation}/reply")} <= set(routes(app))


async def test_without_a_session_nothing_opens_but_what_is_public(app: FastAPI, ours: Team, browser: Browser) -> None:
    forged = await browser()
    forged.cookies.set("hent_desk", "x" * 43)
    for method, path in routes(app):
        if (method, path) not in PUBLIC:
            refused = await ask(await browser(), method, path, named(ours))
            assert (refused.status_code, refused.json()["error"]) == (401, "signed_out"), path
            if (method, path) != ("DELETE", "/desk/session"):
                assert (await ask(forged, method, path, named(ours))).status_code == 401, path


async def test_what_changes_something_is_asked_by_a_page_of_ours(
    app: FastAPI, ours: Team, desk: httpx.AsyncClient
) -> None:
    del desk.headers["X-Hent-Desk"]
    for method, path in routes(app):
        if method in CHANGING:
            refused = await ask(desk, method, path, named(ours))
            assert (refused.status_code, refused.json()["error"]) == (403, "not_from_desk"), path
    assert (await desk.get("/desk/me")).status_code == 200


@pytest.mark.parametrize("first", ["Ronan", "Erwan", "Aziliz", "Sarah"])
async def test_what_is_another_team_s_does_not_exist(
    app: FastAPI, ours: Team, theirs: Team, elsewhere: Team, browser: Browser, first: str
) -> None:
    http = await browser(ours.colleagues[first])
    # Whoever administers does so for all teams of their authority.
    whose = elsewhere if first == "Aziliz" else theirs
    allowed = set()
    for method, path in routes(app):
        if "{" in path:
            refused = await ask(http, method, path, named(whose))
            unknown = await ask(http, method, path, {name: uuid4() for name in named(whose)})
            assert refused.status_code in {403, 404}, path
            assert (refused.status_code, refused.content) == (unknown.status_code, unknown.content), path
            allowed |= {path} if refused.status_code == 404 else set()
    assert len([path for path in allowed if "{escalation}" in path]) >= (8 if first in {"Ronan", "Erwan"} else 0)


async def test_nothing_of_another_team_is_listed_or_found(ours: Team, theirs: Team, desk: httpx.AsyncClient) -> None:
    for state in ("open", "mine", "for_me", "snoozed", "closed"):
        for search in ("", FAMILY, SAID, str(theirs.escalation)):
            shown = await desk.get("/desk/queue", params={"state": state, "search": search})
            assert shown.status_code == 200
            assert str(theirs.escalation) not in shown.text


@pytest.mark.parametrize("first", ["Aziliz", "Sarah"])
async def test_a_role_that_reads_no_message_reads_none_anywhere(
    app: FastAPI, ours: Team, browser: Browser, first: str
) -> None:
    http = await browser(ours.colleagues[first])
    for method, path in routes(app):
        if (method, path) not in {LISTENING, ("DELETE", "/desk/session")}:
            answer = await ask(http, method, path, named(ours))
            assert SAID not in answer.text, path
            if "{escalation}" in path:
                assert (answer.status_code, answer.json()["error"]) == (403, "role"), path


async def test_every_answer_forbids_what_pages_do_not_need(app: FastAPI, ours: Team, desk: httpx.AsyncClient) -> None:
    asked = [(method, path) for method, path in routes(app) if (method, path) != LISTENING]
    for method, path in [
        *asked,
        ("GET", "/nowhere"),
        ("PUT", "/desk/queue"),
        ("GET", "/static/desk.html"),
        ("GET", "/static/base.css"),
    ]:
        headers = (await ask(desk, method, path, named(ours))).headers
        assert "default-src 'none'" in headers["content-security-policy"], path
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == ("no-cache" if path.startswith("/static/") else "no-store")


async def test_no_log_holds_anything_of_anybody(
    app: FastAPI, ours: Team, browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    http = await browser(ours.caseworker)
    await http.post("/desk/session", json={"email": ours.caseworker.email, "password": "faux"})
    await http.post("/desk/session", json={"email": ours.caseworker.email, "password": ["illisible"]})
    for method, path in routes(app):
        if (method, path) not in {LISTENING, ("DELETE", "/desk/session")}:
            await ask(http, method, path, named(ours))
    await http.get("/desk/queue", params={"search": FAMILY})
    kept = [record for record in caplog.records if record.name.startswith("hent") or record.levelno >= logging.WARNING]
    written = "\n".join(JsonLines().format(record) for record in kept)
    assert "/desk/escalations/{escalation}/reply" in written
    for secret in (ours.caseworker.email, PASSWORD, SAID, FAMILY, body()["text"], "Kerdoncuff", str(ours.escalation)):
        assert secret not in written
