"""The invented site in this process; for a browser, beside the chat that it embeds, each on a port of its own."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI
from playwright.async_api import Browser

from api.authorities.tables import Authority
from api.core.database import Database
from api.core.settings import Settings
from api.site_app import create_site_app
from tests.channels.demonstration import demonstration
from tests.channels.desk.browsing import Site, served
from tests.channels.web.conftest import app as app


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Settings:
    """A demonstration's settings; only those tests that need the chat have a database."""
    needs_chat = "app" in request.fixturenames
    url = request.getfixturevalue("database_url") if needs_chat else "postgresql+psycopg://nobody@127.0.0.1:9/none"
    return demonstration(monkeypatch, url)


@pytest_asyncio.fixture
async def visitor(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody at the site, without a browser."""
    transport = httpx.ASGITransport(create_site_app(settings), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://site", timeout=20) as http:
        yield http


@dataclass
class Pair:
    """The site and the chat, where Chromium finds them."""

    site: Site
    chat: Site


@pytest_asyncio.fixture
async def pair(app: FastAPI, settings: Settings, database: Database, chromium: Browser) -> AsyncIterator[Pair]:
    """Both over HTTP, each knowing where the other is; nothing may have broken in any window of the site."""
    async with served(app, chromium) as chat:
        embedding = create_site_app(settings.model_copy(update={"public_url": chat.url}))
        async with served(embedding, chromium) as site:
            app.state.settings = settings.model_copy(update={"public_url": chat.url, "site_url": site.url})
            async with database.transaction() as session:
                authority = await session.get_one(Authority, "cd29")
                authority.sites = [site.url]
            yield Pair(site, chat)
            # What the chat's origin loads is its own; `window` calls it another host.
            assert [one for one in site.wrong if not one.startswith(chat.url)] == []
