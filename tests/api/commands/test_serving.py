"""A server of ours ends with every stream open, at once and without a word of failure: the site's, and the desk's."""

import asyncio
import logging
import socket
import time
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from api.app import create_app
from api.commands.serving import LAST_WORDS_SECONDS, create_server
from api.core.settings import Settings
from api.desk_app import create_desk_app
from tests.channels.desk.conftest import Team
from tests.channels.desk.conftest import app as app
from tests.channels.desk.conftest import browser as browser
from tests.channels.desk.conftest import desk as desk
from tests.channels.desk.conftest import ours as ours
from tests.channels.web.conftest import settings as settings


async def ended(app: FastAPI, http: httpx.AsyncClient, path: str) -> float:
    """Seconds from the order to end until the server has; a stream is read to its end, and must have one."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = create_server(app, "127.0.0.1", 0)
    serving = asyncio.create_task(server.serve([listening]))
    http.base_url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    if path == "/chat/events":
        begun = (await http.post("/chat/conversations", json={})).json()
        http.headers["Authorization"] = f"Bearer {begun['token']}"
        await http.post("/chat/messages", json={"id": str(uuid4()), "text": "Bonjour"})
    async with http.stream("GET", path) as stream:
        told = stream.aiter_lines()
        assert await anext(told)
        begins = time.monotonic()
        server.should_exit = True
        async for _ in told:
            pass
    await serving
    return time.monotonic() - begins


@pytest.mark.parametrize("path", ["/chat/events", "/desk/events"])
async def test_it_ends_its_streams_first(
    settings: Settings, ours: Team, desk: httpx.AsyncClient, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    app = create_desk_app(settings) if path == "/desk/events" else create_app(settings)
    async with httpx.AsyncClient(cookies=dict(desk.cookies), timeout=20) as http:
        assert await ended(app, http, path) < LAST_WORDS_SECONDS
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []
