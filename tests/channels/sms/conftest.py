"""The public server with three providers that call it and a line, on a real database, without a network."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI

from api.app import create_app
from api.core.database import Database
from api.core.settings import Settings
from channels.sms import endpoints
from tests import factories
from tests.channels.sms.calls import BEGAN, LINE, PROVIDERS, Sent
from tests.channels.web.conftest import settings as settings

Play = Callable[[Sent], Awaitable[httpx.Response]]


@pytest_asyncio.fixture
async def open_app(settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FastAPI]:
    """An installation that is no demonstration."""
    monkeypatch.setenv("HENT_DEMO", "0")
    monkeypatch.setattr(endpoints, "now", lambda: datetime.fromtimestamp(BEGAN, UTC))
    monkeypatch.setenv("HENT_SMS_PROVIDERS", json.dumps(PROVIDERS | {"line": LINE}))
    async with database.transaction() as session:
        await factories.authority(session)
    app = create_app(Settings())
    yield app
    await app.state.providers.close()
    await app.state.rasa.close()
    await app.state.database.close()


@pytest_asyncio.fixture
async def play(open_app: FastAPI) -> AsyncIterator[Play]:
    """Make a call."""
    transport = httpx.ASGITransport(open_app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://hent") as http:

        async def ask(sent: Sent) -> httpx.Response:
            # As servers read them: httpx takes letters of ASCII only.
            headers = [(name.encode(), value.encode("latin-1")) for name, value in sent.headers.items()]
            return await http.request(sent.method, sent.path, params=sent.query, headers=headers, content=sent.body)

        yield ask
