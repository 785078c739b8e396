"""The embedded PostgreSQL for a one-shot command or for tests: up in a second, gone with its block.

The demo runs the same cluster as one of its watched children (`api.supervisor.house`).
"""

import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from api.supervisor.cluster import ENVIRONMENT, Cluster, Database, cluster_of
from api.supervisor.errors import DatabaseUnavailable
from api.supervisor.locks import try_lock
from api.supervisor.logs import open_log
from api.supervisor.processes import start_options
from api.supervisor.programs import away_from

LOCK = "postgres.lock"
_STARTED_WITHIN = 60.0  # seconds; recovery after a crash is part of it
_STOPPED_WITHIN = 15.0


@contextmanager
def embedded(folder: Path, *, durable: bool = True) -> Iterator[Database]:
    """The PostgreSQL of `folder`, started for the length of the block; one that already runs there is shared.

    Called from the main thread: on Linux the server ends with the thread that started it.

    Raises:
        DatabaseUnavailable: it cannot be made, started or reached within a minute.
    """
    cluster = cluster_of(folder, durable=durable)
    with ExitStack() as stack:
        process = None
        if stack.enter_context(try_lock(folder / LOCK)):
            cluster.make_ready()
            process = stack.enter_context(_running(cluster, folder / "logs" / "postgres.log"))
        yield _reached(cluster, process)


@contextmanager
def temporary() -> Iterator[Database]:
    """A PostgreSQL of its own in /tmp, without fsync, removed with everything in it at the end: for tests."""
    folder = Path(tempfile.mkdtemp(prefix="hent-", dir="/tmp"))  # short: a socket's path has 104 bytes
    folder.chmod(0o711)
    try:
        with embedded(folder, durable=False) as database:
            yield database
    finally:
        remove(folder)


def remove(folder: Path) -> None:
    """Delete `folder` and what it holds under /var/tmp. Nothing runs there any more."""
    shutil.rmtree(away_from(folder), ignore_errors=True)
    shutil.rmtree(folder)


@contextmanager
def _running(cluster: Cluster, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with open(open_log(log), "ab") as output:
        process = subprocess.Popen(
            cluster.argv,
            env=ENVIRONMENT,
            cwd=cluster.home,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            **start_options(cluster.owner, signal.SIGINT),
        )
    try:
        yield process
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)  # PostgreSQL's fast end: sessions closed, data on disk
    try:
        process.wait(_STOPPED_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _reached(cluster: Cluster, process: subprocess.Popen[bytes] | None) -> Database:
    """The database once it answers; `process` is None when someone else started it."""
    deadline = time.monotonic() + _STARTED_WITHIN
    password = cluster.home / "password"
    while time.monotonic() < deadline and (process is None or process.poll() is None):
        # Someone else may be making it at this moment.
        if password.exists() and (database := cluster.database).answers():
            return database
        time.sleep(0.05)
    raise DatabaseUnavailable(f"PostgreSQL ne répond pas. Voyez le dossier {cluster.home}.")
