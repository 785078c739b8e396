"""Waiting on real processes: by a condition and a deadline, never by a guess."""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil

from api.supervisor.cluster import cluster_of

PATIENCE = 20.0  # seconds; the slowest thing waited for takes 1 s on an idle machine


def until(met: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    """Return as soon as `met()`; AssertionError naming `what` after `patience` seconds."""
    deadline = time.monotonic() + patience
    while not met():
        assert time.monotonic() < deadline, f"never happened: {what}"
        time.sleep(0.02)


def lives(pid: int) -> bool:
    """Whether `pid` runs; a zombie that its new parent has not read yet does not."""
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    return False


def read_pids(path: Path) -> list[int]:
    """The numbers of a file, one a line; a line half written does not count."""
    text = path.read_text() if path.exists() else ""
    return [int(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]


def postmaster_of(folder: Path) -> int:
    """The pid of PostgreSQL's first process for the data folder `folder`."""
    return int((cluster_of(folder).data / "postmaster.pid").read_text().splitlines()[0])
