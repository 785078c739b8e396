"""A house of our own to be measured: the repository copied, trained from nothing, demonstrated on a free port.

A copy, because others may edit the tree or run its demo while we measure, and because "from nothing" means no model.
"""

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from api.bench.ready import answers_ok
from api.supervisor.children import Child
from api.supervisor.cluster import cluster_of
from api.supervisor.house import ROOT
from api.supervisor.places import open_to_owner
from api.supervisor.postgres import remove

LOGS = ROOT / "build/bench"
RASA = str(ROOT / "bot/.venv/bin/python")
_PARTS = ("api", "actions", "channels", "data", "bot")
_UNREACHABLE = {
    "HENT_RASA_TOKEN": "unused",
    "HENT_RASA_DB_HOST": "/nowhere",
    "HENT_RASA_DB_NAME": "unused",
    "HENT_RASA_DB_USER": "unused",
    "HENT_ACTIONS_URL": "http://127.0.0.1:9",
    "HENT_ACTIONS_TOKEN": "unused",
}
"""Our Rasa asks for its database at the first message, and none will come."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the repository without anything built; its demo listens on `port`, its desk on `desk_port`."""

    root: Path
    port: int
    desk_port: int
    rasa_port: int

    @property
    def database_url(self) -> str:
        """Of its demo's PostgreSQL, while it runs."""
        return cluster_of(self.root / ".hent").database.url

    def train(self) -> Child:
        """`hent train`, to be run to its end."""
        return self._command("train")

    def demo(self) -> Child:
        """`hent demo`, ready when a question would be answered."""
        return self._command("demo", "--port", str(self.port))

    def lean_rasa(self) -> Child:
        """Our Rasa alone, as the demo starts it."""
        files = ("--credentials", "credentials.yml", "--endpoints", "endpoints.yml")
        return rasa_server("hent_bot", ("-m", self._model(), *files), self.rasa_port, self.root / "bot")

    def plain_rasa(self) -> Child:
        """Rasa's own command on the same model, with the REST channel."""
        rest = self.root / "rest.yml"
        rest.write_text("rest:\n")
        files = ("--credentials", str(rest), "--endpoints", os.devnull)
        return rasa_server("rasa", ("-m", self._model(), *files), self.rasa_port, self.root / "bot")

    def _model(self) -> str:
        return str(next((self.root / "models").glob("*.tar.gz")))

    def _command(self, *words: str) -> Child:
        argv = (sys.executable, "-m", "api.cli", *words)
        ready = answers_ok(self.port, "/health/ready")
        return Child(
            words[0],
            argv,
            environment() | {"HENT_DESK_PORT": str(self.desk_port)},
            self.root,
            LOGS / f"{words[0]}.log",
            ready,
            ready_within=300,
            stop_signal=signal.SIGINT,
            stop_within=60,
            end_signal=signal.SIGINT,
        )


def rasa_server(package: str, files: tuple[str, ...], port: int, cwd: Path) -> Child:
    """`python -m <package> run` on loopback, ready when it listens, which it does once its model is loaded."""
    argv = (RASA, "-m", package, "run", *files, "--interface", "127.0.0.1", "-p", str(port))
    env = environment() | _UNREACHABLE
    return Child(package, argv, env, cwd, LOGS / f"{package}.log", answers_ok(port, "/"), ready_within=300)


def environment() -> dict[str, str]:
    """Ours without what would choose another database, folder or port for the measured programs."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("HENT_", "DATABASE_URL"))}
    return ours | {"RASA_TELEMETRY_ENABLED": "false", "PYTHONUNBUFFERED": "1"}


@contextmanager
def copied(port: int, desk_port: int, rasa_port: int) -> Iterator[Copy]:
    """The copy, in /tmp: a socket's path has 104 bytes. Gone with the block, with its database."""
    root = Path(tempfile.mkdtemp(prefix="hent-bench-", dir="/tmp"))
    root.chmod(0o711)
    try:
        for part in _PARTS:
            shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("__pycache__", ".venv"))
        (root / "bot/.venv").symlink_to(ROOT / "bot/.venv")
        open_to_owner(root / ".hent")
        yield Copy(root, port, desk_port, rasa_port)
    finally:
        remove(root / ".hent")
        shutil.rmtree(root)
