"""Processes of ours that a test kills and starts again: PostgreSQL, and the public server with a worker."""

import asyncio
import os
import signal
import subprocess
import sys
from asyncio.subprocess import Process
from dataclasses import dataclass, field
from pathlib import Path

from api.supervisor.cluster import Cluster, cluster_of
from api.supervisor.processes import start_options
from tests.journeys.kannel import listens, until


@dataclass
class Postgres:
    """A PostgreSQL that keeps what it has committed, whatever becomes of it; `folder` is short, for its socket."""

    folder: Path
    cluster: Cluster = field(init=False)
    _process: "subprocess.Popen[bytes] | None" = None

    def __post_init__(self) -> None:
        self.cluster = cluster_of(self.folder)

    async def start(self) -> None:
        """Until it answers; what was killed is recovered first."""
        self.cluster.make_ready()
        self._process = self._spawned()
        await until(self._answers, "PostgreSQL answers", 60)

    def kill(self) -> None:
        """As if the power went: all its processes at once."""
        if self._process and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def _spawned(self) -> "subprocess.Popen[bytes]":
        with (self.folder / "postgres.log").open("ab") as log:
            return subprocess.Popen(
                self.cluster.argv,
                cwd=self.cluster.home,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                **start_options(self.cluster.owner, signal.SIGINT),
            )

    async def _answers(self) -> bool:
        return await asyncio.to_thread(self.cluster.database.answers)


@dataclass
class Server:
    """The public server and a worker in one process; `folder` holds their log."""

    folder: Path
    port: int
    _process: Process | None = None

    async def start(self) -> None:
        """Until they answer."""
        with (self.folder / "house.log").open("ab") as log:
            command = (sys.executable, "-m", "tests.journeys.sms_house", str(self.port))
            self._process = await asyncio.create_subprocess_exec(*command, stdout=log, stderr=log)
        await until(lambda: listens(self.port), "the server answers", 60)

    async def kill(self) -> None:
        """As if the power went."""
        if self._process and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()
