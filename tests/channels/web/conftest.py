"""The public server in this process, on a real database, without a network."""

from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI

from api.app import create_app
from api.core.background import background
from api.core.database import Database
from api.core.settings import Settings
from tests import factories
from tests.channels.demonstration import demonstration


@pytest.fixture
def settings(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A demonstration's settings; nothing listens where Rasa should be."""
    return demonstration(monkeypatch, database_url)


@pytest_asyncio.fixture
async def app(settings: Settings, database: Database) -> AsyncIterator[FastAPI]:
    """The application, listening to PostgreSQL."""
    async with database.transaction() as session:
        await factories.authority(session)
    app = create_app(settings)
    async with background(app.state.bus.run()):
        yield app
    await app.state.rasa.close()
    await app.state.database.close()


@pytest_asyncio.fixture
async def http(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A browser without a conversation."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://hent", timeout=20) as http:
        yield http


@pytest_asyncio.fixture
async def chat(http: httpx.AsyncClient) -> httpx.AsyncClient:
    """A browser with a conversation."""
    begun = await http.post("/chat/conversations")
    assert begun.status_code == 201
    http.headers["Authorization"] = f"Bearer {begun.json()['token']}"
    return http
