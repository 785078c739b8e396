"""Children started in order, watched, started again when they die, and ended together."""

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from api.supervisor.errors import ChildFailed
from api.supervisor.lastwill import LastWill
from api.supervisor.logs import append_log, open_log, tail, trim
from api.supervisor.processes import Owner, start_options

_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 10.0  # seconds before a dead child is started again, doubled each time
_STEADY_AFTER = 30.0  # seconds of life after which a death counts as the first one
_TRIM_EVERY = 5.0


@dataclass(frozen=True, slots=True)
class Child:
    """One program of the house."""

    name: str
    """Shown to people, and the name of its log."""
    argv: tuple[str, ...]
    env: Mapping[str, str]
    """The whole environment, not an addition to ours."""
    cwd: Path
    log: Path
    ready: Callable[[], Awaitable[bool]] | None = None
    """Asked ten times a second until true; without it, a child that was started is ready."""
    ready_within: float = 60.0
    owner: Owner | None = None
    """The account it runs as when we are root; None: ours."""
    stop_signal: signal.Signals = signal.SIGTERM
    stop_within: float = 5.0
    """Seconds between the stop signal and SIGKILL."""
    end_signal: signal.Signals = signal.SIGKILL
    """What it gets if the supervisor is killed outright."""


@dataclass(slots=True)
class _Running:
    child: Child
    process: asyncio.subprocess.Process
    since: float
    keeper: asyncio.Task[None] | None = None


class Supervisor:
    """Use as `async with`; leaving the block, however it is left, ends every child, the last started first.

    `report` gets a short French sentence when a child dies and starts again.
    """

    def __init__(self, report: Callable[[str], None]) -> None:
        self._report = report
        self._running: list[_Running] = []
        self._will = LastWill()
        self._trimmer: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._will.open()
        self._trimmer = asyncio.create_task(self._trim())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._trimmer:
            self._trimmer.cancel()
        for running in reversed(self._running):
            await self._stop(running)
        self._will.close()

    async def start(self, child: Child) -> float:
        """Start `child`, wait until it is ready and watch it from then on; the seconds that it took.

        Raises:
            ChildFailed: it ended first, or was not ready in time.
        """
        running = await self._spawn(child, open_log(child.log))
        self._running.append(running)
        await _wait_until_ready(running)
        running.keeper = asyncio.create_task(self._keep(running))
        return time.monotonic() - running.since

    async def run(self, child: Child) -> float:
        """Run `child` to its end; the seconds that it took.

        Raises:
            ChildFailed: it ended with another code than 0.
        """
        running = await self._spawn(child, open_log(child.log))
        self._running.append(running)
        if await running.process.wait():
            raise ChildFailed(_explained(child, "a échoué"))
        self._will.settle(running.process.pid)
        self._running.remove(running)
        return time.monotonic() - running.since

    def pids(self) -> dict[str, int]:
        """The process of each child, by name."""
        return {running.child.name: running.process.pid for running in self._running}

    async def _spawn(self, child: Child, log: int) -> _Running:
        try:
            process = await asyncio.create_subprocess_exec(
                *child.argv,
                env=child.env,
                cwd=child.cwd,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=asyncio.subprocess.STDOUT,
                **start_options(child.owner, child.end_signal),
            )
        finally:
            os.close(log)
        self._will.add(process.pid, child.end_signal)
        return _Running(child, process, time.monotonic())

    async def _keep(self, running: _Running) -> None:
        """Start it again whenever it ends: at once after a long life, slower and slower when it cannot live."""
        child, pause = running.child, 0.0
        while True:
            await running.process.wait()
            self._will.settle(running.process.pid)
            pause = next_pause(pause, time.monotonic() - running.since)
            self._report(f"{child.name} s'est arrêté : il redémarre.")
            await asyncio.sleep(pause)
            running.since = time.monotonic()
            with suppress(OSError):  # a program that an update is replacing
                running.process = (await self._spawn(child, append_log(child.log))).process

    async def _stop(self, running: _Running) -> None:
        if running.keeper:
            running.keeper.cancel()
            with suppress(asyncio.CancelledError):
                await running.keeper
        with suppress(ProcessLookupError):
            running.process.send_signal(running.child.stop_signal)
        with suppress(TimeoutError):
            await asyncio.wait_for(running.process.wait(), running.child.stop_within)
        self._will.settle(running.process.pid)
        await running.process.wait()

    async def _trim(self) -> None:
        while True:
            await asyncio.sleep(_TRIM_EVERY)
            for running in self._running:
                trim(running.child.log)


def next_pause(pause: float, lived: float) -> float:
    """Seconds before the next start of a child that `lived` so many seconds after a pause of `pause`."""
    if lived > _STEADY_AFTER:
        return _FIRST_PAUSE
    return min(max(2 * pause, _FIRST_PAUSE), _LONGEST_PAUSE)


async def _wait_until_ready(running: _Running) -> None:
    child, process = running.child, running.process
    while child.ready and not await child.ready():
        if process.returncode is not None:
            raise ChildFailed(_explained(child, "s'est arrêté"))
        if time.monotonic() - running.since > child.ready_within:
            raise ChildFailed(_explained(child, f"n'est pas prêt après {child.ready_within:.0f} s"))
        await asyncio.sleep(0.1)


def _explained(child: Child, what: str) -> str:
    return f"{child.name} {what}. Son journal est {child.log} :\n{tail(child.log)}"
