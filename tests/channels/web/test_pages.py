"""The pages that other sites show, and each authority's own."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI

from api.authorities import notices
from api.authorities.tables import Authority, NoticeKind
from api.conversations.tables import Conversation
from api.core.clock import now
from api.core.database import Database
from api.core.settings import Settings
from api.core.sms_settings import ProviderSettings
from api.supervisor.welcome import WELCOME
from channels.web.pages import sms_number
from tests import factories

SITES = ["https://www.finistere.example", "http://127.0.0.1:8002"]


@pytest_asyncio.fixture(autouse=True)
async def shown(app: FastAPI) -> AsyncIterator[None]:
    """Two sites show the chat of cd29."""
    async with app.state.database.transaction() as session:
        (await session.get_one(Authority, "cd29")).sites = SITES
        await factories.organisation(session, name="CDAS de Brest")
    yield


@asynccontextmanager
async def away(app: FastAPI) -> AsyncIterator[None]:
    """While this lasts, there is no database."""
    whole, app.state.database = app.state.database, Database("postgresql+psycopg://nobody@127.0.0.1:9/none")
    yield
    await app.state.database.close()
    app.state.database = whole


def ancestors(response: httpx.Response) -> list[str]:
    return re.findall(r"frame-ancestors ([^;]*)", response.headers["content-security-policy"])


async def test_only_the_sites_of_an_authority_may_show_its_chat(http: httpx.AsyncClient, app: FastAPI) -> None:
    assert ancestors(await http.get("/embed/cd29")) == [" ".join(SITES)]
    async with app.state.database.transaction() as session:
        await factories.authority(session, "region2")
    assert ancestors(await http.get("/embed/region2")) == ["'none'"]


@pytest.mark.parametrize("path", ["/", "/chez/cd29", "/static/index.html", "/embed.js", "/embed/nulle"])
async def test_nothing_else_is_shown_by_anybody(http: httpx.AsyncClient, path: str) -> None:
    assert ancestors(await http.get(path)) == ["'none'"]


async def test_a_frame_may_be_loaded_by_a_page_that_isolates_itself(http: httpx.AsyncClient) -> None:
    headers = (await http.get("/embed/cd29")).headers
    assert headers["cross-origin-embedder-policy"] == "require-corp"
    assert headers["cross-origin-resource-policy"] == "cross-origin"
    assert (await http.get("/embed.js")).headers["cross-origin-resource-policy"] == "cross-origin"
    assert (await http.get("/")).headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/embed/cd99", "/embed/CD29", "/embed/cd29%22", "/made/x/y.js"])
async def test_what_nobody_knows_is_not_found_in_french(http: httpx.AsyncClient, path: str) -> None:
    refused = await http.get(path)
    assert refused.status_code in {404, 422}
    assert refused.json()["message"].endswith(".")


async def test_everybody_s_page_is_the_chat_alone_outside_a_demonstration(
    http: httpx.AsyncClient, app: FastAPI, settings: Settings
) -> None:
    assert "demo.js" in (await http.get("/")).text
    settings.demo = False
    await http.get("/chat/authority")
    page = (await http.get("/")).text
    assert re.findall(r'src="/made/\w+/chat.js"', page)
    assert "02 61 91 00 01" in page
    assert "/static/main.js" not in page


@pytest.mark.parametrize("path", ["/chez/cd99", "/chez/%3Cb%3E"])
async def test_a_page_of_nobody_s_is_everybody_s(http: httpx.AsyncClient, path: str) -> None:
    page = await http.get(path)
    assert page.status_code == 404
    assert "data-authority" not in page.text
    assert 'id="composer"' in page.text


@pytest.mark.parametrize("path", ["/chez/cd29", "/embed/cd29"])
async def test_a_page_knows_whose_it_is(http: httpx.AsyncClient, path: str) -> None:
    page = (await http.get(path)).text
    assert re.search(r'<body[^>]* data-authority="cd29"', page)
    assert "Bretagne : Département du Finistère</title>" in page
    assert '<span class="brand-line">Département du Finistère</span>' in page
    assert "<!--authority-->" not in page


async def test_a_demo_leads_to_pages_that_people_are_given(http: httpx.AsyncClient) -> None:
    paths = [path for _, path in WELCOME.pages]
    assert [(await http.get(path)).status_code for path in paths] == [200, 200]
    assert "Département du Finistère" in (await http.get(paths[-1])).text
    assert not any(path.startswith("/static/") for path in paths)


async def test_an_authority_s_page_is_useful_without_javascript(http: httpx.AsyncClient) -> None:
    page = (await http.get("/chez/cd29")).text
    [plain] = re.findall(r"<noscript>(?:(?!</noscript>).)*<h2>.*?</noscript>", page, re.DOTALL)
    for told in ("Département du Finistère", "02 61 91 00 01", "1 place des Ajoncs", "le lundi", "CDAS de Brest"):
        assert told in plain
    assert 'href="tel:+33261910010"' in plain
    assert 'Appelez le <a href="tel:+33261910001">02 61 91 00 01</a> : Département du Finistère, le lundi' in page


async def test_without_javascript_a_notice_is_read_all_the_same(http: httpx.AsyncClient, app: FastAPI) -> None:
    text = "Nos bureaux sont fermés jeudi. Appelez le 02 61 91 00 01."
    async with app.state.database.transaction() as session:
        await notices.add(session, "cd29", NoticeKind.closure, text, (now(), now() + timedelta(days=1)))
    page = (await http.get("/chez/cd29")).text
    assert re.search(r"<noscript>.*Nos bureaux sont fermés jeudi.*</noscript>", page, re.DOTALL)


def test_people_write_to_a_number_that_takes_answers(settings: Settings) -> None:
    ways = {"name": "HENT", "number": "38123"}
    settings.sms_providers = {
        name: ProviderSettings(
            kind="generic", url="https://sms.example", sender=sender, secret="s", hook_secrets=("h" * 16,)
        )
        for name, sender in ways.items()
    }
    settings.sms_routes = {"cd29": ["number", "name"], "*": ["name"]}
    assert (sms_number(settings, "cd29"), sms_number(settings, "cd22")) == ("38123", None)


async def test_a_conversation_belongs_to_the_authority_whose_page_it_is(
    http: httpx.AsyncClient, app: FastAPI, database: Database
) -> None:
    async with database.transaction() as session:
        await factories.authority(session, "brest")
    begun = await http.post("/chat/conversations", json={"authority": "brest"})
    async with database.transaction() as session:
        row = await session.get_one(Conversation, begun.json()["conversation"])
        assert row.authority_code == "brest"
    assert (await http.post("/chat/conversations", json={})).status_code == 201


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/chat/conversations", {"authority": "cd99"}),
        ("POST", "/chat/conversations", {"authority": "cd29\0"}),
        ("GET", "/chat/authority?code=cd99", None),
        ("GET", "/chat/authority?code=cd29%00", None),
    ],
)
async def test_an_unknown_authority_is_refused_in_french(
    http: httpx.AsyncClient, method: str, path: str, body: dict[str, str] | None
) -> None:
    refused = await http.request(method, path, json=body)
    assert (refused.status_code, refused.json()["error"]) == (404, "unknown_authority")
    assert refused.json()["message"] == "Cette collectivité n'existe pas."


async def test_a_page_is_shown_while_the_database_is_away_once_it_was_known(
    http: httpx.AsyncClient, app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.authorities.front.FRESH_SECONDS", -1.0)
    known = (await http.get("/embed/cd29")).text
    async with away(app):
        answers = [await http.get(path) for path in ("/embed/cd29", "/chez/brest", "/embed/brest")]
    assert [answer.status_code for answer in answers] == [200, 503, 503]
    assert 'id="composer"' in answers[1].text
    assert answers[0].text == known


async def test_while_the_database_is_away_the_number_is_that_of_the_page_s_authority(
    http: httpx.AsyncClient, app: FastAPI
) -> None:
    async with app.state.database.transaction() as session:
        (await factories.authority(session, "brest")).phone = "+33261912950"
    for code in ("cd29", "brest"):
        await http.get("/chat/authority", params={"code": code})
    async with away(app):
        told = [
            (await http.post("/chat/conversations", json={}, headers={"X-Hent-Authority": code})).json()["message"]
            for code in ("brest", "cd29", "cd99", "")
        ]
    assert ["02 61 91 29 50" in message for message in told] == [True, False, False, False]
    assert all("02 61 91 00 01" in message for message in told[1:])


async def test_a_piece_is_kept_for_ever_under_its_own_address_only(http: httpx.AsyncClient) -> None:
    page = (await http.get("/embed/cd29")).text
    [script] = re.findall(r'src="(/made/[^"]+)"', page)
    first = await http.get(script)
    assert "immutable" in first.headers["cache-control"]
    assert first.headers["content-encoding"] == "gzip"
    other = await http.get("/made/0/frame.js", headers={"Accept-Encoding": "identity"})
    assert (other.headers["cache-control"], other.text) == ("no-cache", first.text)
    again = await http.get("/embed.js", headers={"If-None-Match": (await http.get("/embed.js")).headers["etag"]})
    assert (again.status_code, again.headers["cache-control"]) == (304, "no-cache")
