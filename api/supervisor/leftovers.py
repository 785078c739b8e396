"""A PostgreSQL that outlived its supervisor on our own data: found and ended before another one starts."""

import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil

from api.supervisor.errors import DatabaseUnavailable

# What PostgreSQL calls fast, immediate, and the kernel's own; with the seconds that each may take.
_ORDERS = ((signal.SIGINT, 15.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))


def stop_leftovers(data: Path, socket: Path) -> None:
    """End every process that works on the cluster `data`; the caller holds its lock, so nobody needs them.

    A postmaster killed outright leaves backends for a moment, and its pid in `postmaster.pid`: after a reboot this pid
    can be anyone's, and PostgreSQL would refuse to start. The file goes only once nobody works on `data`: it also
    names the shared memory by which PostgreSQL finds such backends. The same holds for the lock beside its `socket`: a
    killed postmaster that nobody has reaped yet still answers to its pid, and PostgreSQL would not start.

    Raises:
        DatabaseUnavailable: something still runs after SIGKILL.
    """
    for order, patience in _ORDERS:
        living = _postmaster(data) or list(_working_on(data))
        for process in living:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(order)
        psutil.wait_procs(living, timeout=patience)
    if any(_working_on(data)):
        raise DatabaseUnavailable("Un ancien PostgreSQL ne s'arrête pas. Redémarrez la machine.")
    for lock in (data / "postmaster.pid", *socket.glob(".s.PGSQL.*.lock")):
        lock.unlink(missing_ok=True)


def _postmaster(data: Path) -> list[psutil.Process]:
    """The one to be told first, if it lives: it ends its backends itself."""
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return []
    return [process for process in _working_on(data) if process.pid == pid]


def _working_on(data: Path) -> Iterator[psutil.Process]:
    """Processes named postgres whose working folder is `data`: PostgreSQL moves there at its start."""
    place = str(data.resolve())
    for process in psutil.process_iter(["name"]):
        with suppress(psutil.Error):
            if process.info["name"] == "postgres" and process.cwd() == place:
                yield process
