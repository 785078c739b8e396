"""A real Kannel on loopback, an operator of ours behind it: bearerbox and smsbox, each started and killed alone."""

import asyncio
import os
import shutil
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from api.supervisor.ports import free_ports

PATH = f"{os.environ['PATH']}:/usr/sbin"
HOOK, PASSWORD = "what-kannel-proves-itself-with", "what-opens-kannel"
PAGE = Path(__file__).parents[2] / "docs/sms-provider.md"
HOOK_URL = "http://hent:CHANGE-ME@127.0.0.1:8000/sms/kannel29/in?id=%I&ts=%T"
BOXES = ("bearerbox", "smsbox")
OPERATOR = """
group = smsc
smsc = smpp
smsc-id = operator
host = 127.0.0.1
port = {smpp}
transceiver-mode = true
smsc-username = hent
smsc-password = pw
system-type = ""
address-range = ""
msg-id-type = 0x03
reconnect-delay = 1
wait-ack = 5
max-pending-submits = 1
"""


class Way(StrEnum):
    """How our house is reached."""

    smsbox = "smsbox"
    alone = "alone"
    """Our own box, and no other."""
    beside = "beside"
    """Our own box, beside an smsbox that serves a neighbour."""


def configuration(ports: "Ports", folder: Path, way: Way) -> str:
    """What the documentation tells people to write, with ports and secrets of this test, and our operator."""
    pieces = {piece.split("\n")[1]: piece for piece in PAGE.read_text("utf-8").split("```") if "\n" in piece}
    written = pieces["group = core"].rstrip()
    if way is not Way.alone:
        written += pieces["sendsms-interface = 127.0.0.1"]
    if way is Way.beside:
        written = written.replace(HOOK_URL, f"http://127.0.0.1:{ports.neighbour}/in") + pieces["group = smsbox-route"]
    for shown, ours in (
        ("13000", str(ports.admin)),
        ("13001", str(ports.box)),
        ("13013", str(ports.send)),
        ("127.0.0.1:8000", f"127.0.0.1:{ports.app}"),
        ("/kannel29/", "/kannel/"),
        ("/var/spool/kannel-dlr", str(folder / "dlr")),
        ("/var/spool/kannel", str(folder / "spool")),
        ("hent:CHANGE-ME", f"hent:{HOOK}"),
        ("CHANGE-ME", PASSWORD),
        ("http-queue-delay = 10", "http-queue-delay = 1"),
    ):
        assert shown in written or way is not Way.smsbox, shown
        written = written.replace(shown, ours)
    return f"{written}\n{OPERATOR.format(smpp=ports.smpp)}"


class Ports(NamedTuple):
    """Of loopback."""

    admin: int
    box: int
    send: int
    smpp: int
    app: int
    neighbour: int


def require_kannel() -> None:
    """Without it the test is skipped loudly, or fails where everything is required."""
    if shutil.which("bearerbox", path=PATH) is None:
        assert os.environ.get("REQUIRE_ALL") != "1", "Kannel is required (REQUIRE_ALL=1) and absent"
        pytest.skip("SKIPPED: Kannel is absent, no SMS went through a real gateway")


async def until(holds: Callable[[], Awaitable[bool]], what: str, seconds: float = 20) -> None:
    """Look until it holds. Raises AssertionError."""
    for _ in range(int(seconds * 20)):
        if await holds():
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"not within {seconds} s: {what}")


@dataclass
class Kannel:
    """Both boxes; the operator must listen on `ports.smpp`, and the application on `ports.app`."""

    folder: Path
    ports: Ports = field(default_factory=lambda: Ports(*free_ports(6)))
    way: Way = Way.smsbox
    running: dict[str, Process] = field(default_factory=dict)

    async def start(self) -> None:
        """Bearerbox first: smsbox ends without it."""
        for name in ("spool", "dlr"):
            (self.folder / name).mkdir()
        (self.folder / "kannel.conf").write_text(configuration(self.ports, self.folder, self.way))
        for name in BOXES[:1] if self.way is Way.alone else BOXES:
            await self.run(name)

    async def run(self, name: str) -> None:
        """One of them, until it answers."""
        path = shutil.which(name, path=PATH)
        assert path, name
        with (self.folder / f"{name}.log").open("ab") as log:
            command = (path, "-v", "1", str(self.folder / "kannel.conf"))
            self.running[name] = await asyncio.create_subprocess_exec(*command, stdout=log, stderr=log)
        await until(self._answers if name == "bearerbox" else self._is_connected, f"{name} answers")

    async def kill(self, name: str) -> None:
        """As if the power went."""
        process = self.running.pop(name)
        if process.returncode is None:
            process.kill()
        await process.wait()

    async def stop(self) -> None:
        """Both, for good."""
        for name in reversed(BOXES):
            if name in self.running:
                await self.kill(name)

    async def _answers(self) -> bool:
        return "Status: running" in await self._status()

    async def _is_connected(self) -> bool:
        return "smsbox:(none)" in await self._status() and await listens(self.ports.send)

    async def _status(self) -> str:
        try:
            async with httpx.AsyncClient(trust_env=False) as http:
                where = f"http://127.0.0.1:{self.ports.admin}/status.txt"
                return (await http.get(where, params={"password": PASSWORD})).text
        except httpx.HTTPError:
            return ""


async def listens(port: int) -> bool:
    """Whether somebody does, on this port of loopback."""
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True
