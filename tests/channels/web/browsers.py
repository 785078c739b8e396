"""Tabs over a bad line to the real application: what a story does to them, and what they show in the end."""

import asyncio
import json
import os
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from api.app import create_app
from api.core.settings import Settings
from api.worker import Listener
from tests.channels.web.bad_line import BadLine, bad_line

LONGEST_ANSWER = 10.0
"""Seconds until node has answered a command, on a machine that does much else."""


class Tabs:
    """A process of Node.js whose tabs run the modules of the page."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def do(self, what: str, tab: int, **given: object) -> dict[str, Any]:
        """One command of tabs.mjs, and its answer."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"do": what, "tab": tab} | given).encode() + b"\n")
        line = await asyncio.wait_for(self._process.stdout.readline(), LONGEST_ANSWER)
        answer: dict[str, Any] = json.loads(line)
        return answer


@asynccontextmanager
async def tabs(port: int) -> AsyncIterator[Tabs]:
    """A browser for this port. Without Node.js the test is skipped loudly, or fails where everything is required."""
    node = shutil.which("node")
    if node is None:
        assert os.environ.get("REQUIRE_ALL") != "1", "Node.js is required (REQUIRE_ALL=1) and absent"
        pytest.skip("SKIPPED: Node.js is absent, the page's modules were not run")
    script = Path(__file__).parent / "tabs.mjs"
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        node, "--no-warnings", str(script), f"http://127.0.0.1:{port}", stdin=pipe, stdout=pipe, limit=1 << 24
    )
    try:
        yield Tabs(process)
    finally:
        # One that broke down is gone already, and has said why.
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


class House:
    """The public server on a port that stays its own through each restart, behind a line that breaks."""

    def __init__(self, settings: Settings, line: BadLine, app: FastAPI) -> None:
        self.line, self.app = line, app
        self._settings, self._running = settings, list[asyncio.Task[None]]()
        self._server: uvicorn.Server | None = None

    async def start(self) -> None:
        """Serve, from now on and on a new port, what was begun before."""
        self.app = create_app(self._settings)
        listening = socket.create_server(("127.0.0.1", 0))
        self.line.to = listening.getsockname()[1]
        self._server = Listener(uvicorn.Config(self.app, lifespan="off", log_config=None, timeout_graceful_shutdown=1))
        serving = asyncio.create_task(self._server.serve([listening]))
        self._running = [serving, asyncio.create_task(self.app.state.bus.run())]

    async def stop(self) -> None:
        """End as a process does that is killed: no stream says goodbye."""
        assert self._server
        self._server.should_exit = self._server.force_exit = True
        self.line.cut()
        serving, listening = self._running
        await serving
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        await self.app.state.rasa.close()
        await self.app.state.database.close()

    async def transcript(self, token: str) -> dict[str, Any]:
        """What the server holds of the conversation, from its first message."""
        headers = {"Authorization": f"Bearer {token}"}
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://hent", headers=headers) as http:
            whole: list[dict[str, Any]] = []
            while True:
                after = whole[-1]["seq"] if whole else 0
                asked = await http.get("/chat/messages", params={"after": after, "hidden": True})
                shown: dict[str, Any] = asked.json()
                if not shown["messages"]:
                    return shown | {"messages": whole}
                whole += shown["messages"]


@asynccontextmanager
async def house(settings: Settings) -> AsyncIterator[House]:
    """The server, running, and the line to it."""
    async with bad_line(0) as line:
        house = House(settings, line, create_app(settings))
        await house.start()
        try:
            yield house
        finally:
            await house.stop()
