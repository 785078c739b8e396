"""The desk's own server: it ends with every stream open, at once and without a word of failure."""

import asyncio
import logging
import socket

import httpx
import pytest

from api.commands.desk import create_server
from api.core.settings import Settings
from tests.channels.desk.conftest import Team
from tests.channels.desk.conftest import app as app
from tests.channels.desk.conftest import browser as browser
from tests.channels.desk.conftest import desk as desk
from tests.channels.desk.conftest import ours as ours
from tests.channels.web.conftest import settings as settings


async def test_it_ends_its_streams_first(
    settings: Settings, ours: Team, desk: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    listening = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    server = create_server(settings)
    serving = asyncio.create_task(server.serve([listening]))
    async with (
        httpx.AsyncClient(base_url=address, cookies=dict(desk.cookies), timeout=20) as http,
        http.stream("GET", "/desk/events") as stream,
    ):
        told = stream.aiter_lines()
        assert (await anext(told)).startswith("id: ")
        server.should_exit = True
        async for _ in told:
            pass
    await serving
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []
